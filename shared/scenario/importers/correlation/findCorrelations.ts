import { fullUrl, wireUrl } from '../../../http/wireUrl';
import { bodyTextOf } from '../../requestBody';
import type { RequestFields } from '../../requests';
import { builtInNames } from '../../template';
import type { ImportedRequests } from '../importedRequests';
import { type AnswerValue, answerValues, cookiesOf, type RecordedAnswer } from './answerValues';
import type { Correlation, CorrelationUse } from './correlation';
import { mapRequestValues, type RequestTexts } from './requestValues';
import { isTelling } from './tellingValue';

/** A value of a response, and the places that send it back. */
interface Candidate extends AnswerValue {
  step: number;
  uses: CorrelationUse[];
}

/** The maximum numbers of searched values and of reported correlations. One session does not have more. */
const maxValues = 200_000;
const maxCorrelations = 200;

/** Returns the texts of a recorded request. */
export function textsOfRequest({ url = '', headers = {}, body }: Partial<RequestFields>): RequestTexts {
  return { url, headers, body: body === undefined ? undefined : bodyTextOf(body) };
}

/**
 * Returns the redirect location of a response when it is on the same server and only the response can supply it;
 * otherwise undefined.
 */
function linkOf({ headers }: RecordedAnswer, url: string): string | undefined {
  const location = headers.find(({ name }) => name.toLowerCase() === 'location')?.value;
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  const target = new URL(location, url);
  if (target.origin !== new URL(url).origin || target.username !== '') return undefined;
  const isOwn = target.pathname.split('/').some((segment) => isTelling(segment, 'id'));
  return isOwn ? fullUrl(wireUrl(target.href)) : undefined;
}

/** Returns all values that requests send. No other value of a response can be sent back. */
function sentValues(requests: readonly RequestTexts[]): ReadonlySet<string> {
  const sent = new Set<string>();
  for (const texts of requests)
    mapRequestValues(texts, (value) => {
      if (sent.size < maxValues) sent.add(value);
      return undefined;
    });
  return sent;
}

/** Goes through a recording once and looks up the values of each request in earlier responses. */
class Recording {
  readonly #sent: ReadonlySet<string>;
  /** Links and cookies by place and value, others by value. */
  readonly #values = new Map<string, Candidate>();
  readonly #cookies = new Map<string, Candidate>();
  /** Values that the client sent before any response had them, so that they have another source. */
  readonly #known = new Set<string>();
  #server: string | undefined;

  constructor(sent: ReadonlySet<string>) {
    this.#sent = sent;
  }

  request(step: number, texts: RequestTexts): void {
    mapRequestValues(texts, (value, place) => {
      const isLink = place === 'URL';
      const cookie = place.startsWith('cookie ') ? this.#cookies.get(`${place}=${value}`) : undefined;
      const found = cookie ?? this.#values.get(isLink ? `URL ${value}` : value);
      if (found) found.uses.push({ step, place });
      else if (this.#known.size < maxValues) this.#known.add(value);
      // A value that is a link as a whole has no parts.
      return found && isLink ? value : undefined;
    });
  }

  answer(step: number, answer: RecordedAnswer, url: string): void {
    for (const { name, value } of cookiesOf(answer.headers, answer.cookies)) {
      const place = `cookie ${name}`;
      if (!this.#sent.has(value)) continue;
      // The first response that sets it.
      this.#cookies.set(`${place}=${value}`, this.#cookies.get(`${place}=${value}`) ?? newCookie(step, name, value));
    }
    // A link stays on the loaded server (ADR 026), which is the server of the first request.
    this.#server ??= new URL(url).origin;
    const link = new URL(url).origin === this.#server ? linkOf(answer, url) : undefined;
    if (link !== undefined && this.#isNew(link))
      this.#add(`URL ${link}`, {
        value: link,
        name: 'location',
        place: 'header Location',
        extraction: { header: 'Location' },
        step,
        uses: [],
      });
    for (const found of answerValues(answer)) {
      if (!this.#isNew(found.value) || !isTelling(found.value, found.name)) continue;
      this.#add(found.value, { ...found, step, uses: [] });
    }
  }

  /** Returns what was sent back, in the order of the responses. A cookie that is sent back as one has no extraction. */
  used(): Correlation[] {
    const names = new Set<string>(builtInNames);
    const values = [...this.#values.values()].filter(({ uses }) => uses.length > 0);
    const cookies = [...this.#cookies.values()].filter(({ uses }) => uses.length > 0);
    return [
      ...values.slice(0, maxCorrelations).map(({ name, value, step, place, extraction, uses }) => ({
        variable: newName(name, names),
        value,
        step,
        place,
        extraction,
        uses,
      })),
      ...cookies
        .slice(0, maxCorrelations)
        .map(({ name, value, step, place, uses }) => ({ variable: name, value, step, place, uses })),
    ].sort((a, b) => a.step - b.step);
  }

  /** Whether a value of a response is sent, but not before that response. */
  #isNew(value: string): boolean {
    return this.#sent.has(value) && !this.#known.has(value);
  }

  #add(key: string, candidate: Candidate): void {
    if (!this.#values.has(key)) this.#values.set(key, candidate);
  }
}

function newCookie(step: number, name: string, value: string): Candidate {
  return { value, name, place: `cookie ${name}`, extraction: { cookie: name }, step, uses: [] };
}

/** Returns an unused name that is valid in placeholders: `csrf`, `csrf_2`. */
function newName(name: string, taken: Set<string>): string {
  const base =
    name
      .replace(/[^A-Za-z0-9_-]+/g, '_')
      .replace(/^(?![A-Za-z_])/, '_')
      .slice(0, 60) || 'value';
  let free = base;
  for (let number = 2; taken.has(free); number += 1) free = `${base}_${number}`;
  taken.add(free);
  return free;
}

/**
 * Finds values of responses that later requests of a recording send back. `answers` are the responses by the index of
 * their step. A value must match as a whole, must be distinctive enough to come from the response (tellingValue.ts),
 * and must not occur in an earlier request. The time is proportional to the length of the recording, and the number of
 * results is bounded.
 */
export function findCorrelations(
  { requests, steps, data }: ImportedRequests,
  answers: ReadonlyMap<number, RecordedAnswer>,
): Correlation[] {
  const all = requests.map(textsOfRequest);
  const recording = new Recording(sentValues(all));
  for (const [index, step] of steps.entries()) {
    const texts = all[step.request];
    if (!texts) continue;
    recording.request(index, texts);
    const answer = answers.get(index);
    if (answer && /^https?:/i.test(texts.url)) recording.answer(index, answer, texts.url);
  }
  const columns = new Set(data.flatMap((row) => Object.keys(row)));
  return recording.used().filter(({ variable }) => !columns.has(variable));
}
