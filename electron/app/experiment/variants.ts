import { ProofloadError } from '../../../shared/errors/appError';
import type { Variant } from '../../../shared/experiment/experiment';
import { redactText } from '../../../shared/secrets/redact';
import { configureEngine, parseEngine, type TypedSetting } from '../targets/engineChoice';
import { urlTarget } from '../targets/urlTarget';

const maxVariants = 6;
const switches: Readonly<Record<string, boolean>> = { on: true, off: false };

function parseSetting(name: string, text: string): TypedSetting {
  const equals = text.indexOf('=');
  if (equals <= 0)
    throw new ProofloadError(
      'usage',
      `${name}: ${text} is not a setting`,
      'write a variant as ENGINE:NAME=VALUE;NAME=VALUE',
    );
  return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

/** Parses `sqlite`, `sqlite:synchronous=normal;cache=off` or a URL. Throws `usage`, `engine-unknown`. */
export function parseVariant(name: string): Variant {
  if (/^https?:\/\//.test(name)) return { name: redactText(name), target: urlTarget({ url: name }) };
  const [engine = '', ...rest] = name.split(':');
  const settings = rest.join(':').split(';').filter(Boolean);
  const typed = settings.map((text) => parseSetting(name, text));
  const cache = typed.find(([setting]) => setting === 'cache')?.[1];
  const target = configureEngine(
    parseEngine(engine),
    typed.filter(([setting]) => setting !== 'cache'),
  );
  if (cache === undefined) return { name, target };
  const enabled = switches[cache];
  if (enabled === undefined) throw new ProofloadError('usage', `${name}: cache is on or off`, 'write cache=off');
  return { name, target, cache: enabled };
}

/** Parses a comma-separated list of variants. Throws `usage`, `engine-unknown`. */
export function parseVariantList(text: string): Variant[] {
  return parseVariants(text.split(','));
}

/** Parses variants. The first is the one that the others are compared with. Throws `usage`, `engine-unknown`. */
export function parseVariants(texts: readonly string[]): Variant[] {
  const names = texts.map((name) => name.trim()).filter(Boolean);
  if (names.length < 2 || names.length > maxVariants)
    throw new ProofloadError(
      'usage',
      `an experiment has two to ${maxVariants} variants`,
      'name at least two, such as sqlite and memory',
    );
  return names.map(parseVariant);
}
