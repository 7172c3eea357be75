import type { ErrorDetails } from './errorDetails';

/** The surface on which a user works. */
export type Surface = 'terminal' | 'window';

type Remedies = {
  readonly [About in ErrorDetails['about']]: Record<
    Surface,
    string | ((details: Extract<ErrorDetails, { about: About }>) => string)
  >;
};

/** How to follow the hint of an error on each surface. */
const remedies: Remedies = {
  host: {
    terminal: ({ host }) => `--allow-host ${host} allows it, and --allow-remote every host`,
    window: ({ host }) => `start it again and confirm ${host} when Proofload asks`,
  },
  certificate: {
    terminal: '--cacert FILE names a certificate to trust, --insecure skips the check for a server that you know',
    window:
      'TLS, below the URL or in the form of the scenario, names a CA file, or skips the verification for a server that you know',
  },
  'target-url': {
    terminal: '--url http://host:port names it',
    window: 'choose "A service of your own" as the target and enter its URL',
  },
  'database-url': {
    terminal: '--database-url names it',
    window: 'enter it in Settings',
  },
  'engine-settings': {
    terminal: 'proofload engines lists the settings and their values',
    window: 'the Run screen lists the settings below the targets',
  },
  'data-folder': {
    terminal: '--data-dir or PROOFLOAD_DATA_DIR names another data folder',
    window: 'start Proofload with PROOFLOAD_DATA_DIR to use another data folder',
  },
  'damaged-history': {
    terminal: 'proofload history repair repairs it',
    window: 'Settings has "Repair and restart"',
  },
  run: {
    terminal: 'proofload history list shows the saved runs',
    window: 'History lists the saved runs',
  },
  'deleted-run': {
    terminal: ({ id }) => `if it was deleted, proofload history delete --undo ${id} restores it`,
    window: 'if it was deleted just now, Undo in History restores it',
  },
  experiment: {
    terminal: 'the first line that an experiment prints has its id',
    window: 'Options lists the saved ones',
  },
  driver: {
    terminal: ({ tool }) => `--${tool} FILE names it`,
    window: 'start Proofload with its folder on the PATH',
  },
  baseline: {
    terminal: '--baseline RUN names one',
    window: 'open a run in History and tick "Baseline"',
  },
};

function howOn<About extends ErrorDetails['about']>(
  surface: Surface,
  about: About,
  details: Extract<ErrorDetails, { about: About }>,
): string {
  const how = remedies[about][surface];
  return typeof how === 'string' ? how : how(details);
}

/** What a user of a surface can do about an error: the hint, and how to follow it there. */
function remedyOn(surface: Surface, { hint, details }: Pick<Described, 'hint' | 'details'>): string {
  return details === undefined ? hint : `${hint}; ${howOn(surface, details.about, details)}`;
}

/** A lower-case word. Identifiers, which keep their case, mostly have other characters: digits, dots, hyphens, slashes. */
const ordinaryWord = /^\p{Ll}+(?:'\p{Ll}+)?(?=[\s,;]|$)/u;
/** Names that are written like ordinary words. */
const names = /^(?:autocannon|curl)\b/;

function capitalised(text: string): string {
  return ordinaryWord.test(text) && !names.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** An error as its reporter wrote it. Its texts begin in lower case, because a line of the terminal goes on with them. */
interface Described {
  message: string;
  hint: string;
  details?: ErrorDetails | undefined;
}

/** Describes an error on a surface: what happened, and what to do. In a window, both begin with a capital letter. */
export function describeError(surface: Surface, error: Described): { message: string; remedy: string } {
  const { message, details } = error;
  const remedy = remedyOn(surface, error);
  if (surface === 'terminal') return { message, remedy };
  const isHostFirst = details?.about === 'host' && message.startsWith(`${details.host} `);
  return { message: isHostFirst ? message : capitalised(message), remedy: capitalised(remedy) };
}
