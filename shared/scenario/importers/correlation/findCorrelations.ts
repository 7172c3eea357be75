import { fullUrl, wireUrl } from '../../../http/wireUrl';
import { bodyTextOf } from '../../requestBody';
import type { RequestFields } from '../../requests';
import { builtInNames } from '../../template';
import type { ImportedRequests } from '../importedRequests';
import { type AnswerValue, answerValues, cookiesOf, type RecordedAnswer } from './answerValues';
import type { Correlation, CorrelationUse } from './correlation';
import { mapRequestValues, type RequestTexts } from './requestValues';
import { isTelling } from './tellingValue';

/** A value that was found in an answer, and where it came back. */
interface Candidate extends AnswerValue {
  step: number;
  uses: CorrelationUse[];
}

/** So many values of requests are looked for, and so many correlations shown: more are not of one session. */
const maxValues = 200_000;
const maxCorrelations = 200;

/** The texts of a request that was recorded. */
export function textsOfRequest({ url = '', headers = {}, body }: Partial<RequestFields>): RequestTexts {
  return { url, headers, body: body === undefined ? undefined : bodyTextOf(body) };
}

/** The place on the same server that an answer sends to, if it is one that only the answer can know; undefined without. */
function linkOf({ headers }: RecordedAnswer, url: string): string | undefined {
  const location = headers.find(({ name }) => name.toLowerCase() === 'location')?.value;
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  const target = new URL(location, url);
  if (target.origin !== new URL(url).origin || target.username !== '') return undefined;
  const isOwn = target.pathname.split('/').some((segment) => isTelling(segment, 'id'));
  return isOwn ? fullUrl(wireUrl(target.href)) : undefined;
}

/** All values that requests send: no other of an answer can come back. */
function sentValues(requests: readonly RequestTexts[]): ReadonlySet<string> {
  const sent = new Set<string>();
  for (const texts of requests)
    mapRequestValues(texts, (value) => {
      if (sent.size < maxValues) sent.add(value);
      return undefined;
    });
  return sent;
}

/** Goes through a recording once: what requests send is looked up among what earlier answers had. */
class Recording {
  readonly #sent: ReadonlySet<string>;
  /** By place and value for links and cookies, by the value for others. */
  readonly #values = new Map<string, Candidate>();
  readonly #cookies = new Map<string, Candidate>();
  /** What the client sent before an answer had it: it has it from elsewhere. */
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
      // What is a link as a whole has no parts of its own.
      return found && isLink ? value : undefined;
    });
  }

  answer(step: number, answer: RecordedAnswer, url: string): void {
    for (const { name, value } of cookiesOf(answer.headers, answer.cookies)) {
      const place = `cookie ${name}`;
      if (!this.#sent.has(value)) continue;
      // The first answer that sets it.
      this.#cookies.set(`${place}=${value}`, this.#cookies.get(`${place}=${value}`) ?? newCookie(step, name, value));
    }
    // A link stays on the server that is loaded (ADR 026), which is that of the first request.
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

  /** What came back, in the order of the answers; a cookie that goes back as one has no extraction. */
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

  /** Whether a value of an answer is sent, and was not before. */
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

/** A name for a variable that placeholders can have and nothing else has: `csrf`, `csrf_2`. */
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
 * Values of answers that later requests of a recording send back. `answers` are those to the steps of the import, by
 * their place. A value is only found whole, where it says by itself that it comes from the answer (tellingValue.ts), and
 * where no request had it before. The time that it takes grows with the length of the recording; what is found is bounded.
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
