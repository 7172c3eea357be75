import sax from 'sax';
import { type FileImporter, type ImportedFigures, UnreadableForm } from './importer';
import { JmeterRuns } from './jmeterRuns';
import { parseJmeterTime } from './jmeterTime';
import { parseDecimal } from './numbers';

/*
 * The XML result log of JMeter, version 1.2 (SampleResultConverter.java): `t` is the elapsed time, `ts` the start of a
 * sample, `s` whether it was successful, `lb` its label, `rm` its message, `sc` how many samples it stands for. Samples
 * inside a transaction are its requests. Samples inside a request are redirects and embedded resources, whose time is
 * part of the request's.
 */

const parts = 'redirects and embedded resources are part of the time of their request, and are not counted themselves';

/** An open element: a sample that counts, or anything else. */
type Open = 'transaction' | 'request' | 'other';

class LogReader {
  readonly samples = new JmeterRuns();
  parts = 0;
  isClosed = false;
  readonly #open: Open[] = [];
  readonly #parser = sax.parser(true, { position: false });

  constructor() {
    this.#parser.onerror = (error) => {
      // JMeter writes response bytes that are not text as references such as `&#x0;`, which XML does not allow.
      if (!error.message.startsWith('Invalid character entity')) throw error;
      this.#parser.resume();
    };
    this.#parser.onopentag = ({ name, attributes }) => {
      const text = (attribute: string): string => String(attributes[attribute] ?? '');
      this.#open.push(name === 'httpSample' || name === 'sample' ? this.#sample(text) : 'other');
      if (name === 'sampleResult')
        throw new UnreadableForm(
          'is an XML log of a JMeter older than 2.1',
          'run JMeter with -Jjmeter.save.saveservice.output_format=csv',
        );
    };
    this.#parser.onclosetag = () => {
      this.#open.pop();
      this.isClosed = this.#open.length === 0;
    };
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  #sample(text: (attribute: string) => string): Open {
    const message = text('rm');
    const isTransaction = message.startsWith('Number of samples in transaction : ');
    if (this.#open.includes('request')) {
      this.parts += 1;
      return 'other';
    }
    const elapsedMs = parseDecimal(text('t'));
    if (!(elapsedMs >= 0))
      throw new UnreadableForm(
        `has the sample "${text('lb').slice(0, 100)}" without its elapsed time t`,
        'run JMeter with -Jjmeter.save.saveservice.time=true',
      );
    const success = text('s');
    this.samples.add({
      time: parseJmeterTime(text('ts') || '0'),
      elapsedMs,
      label: text('lb'),
      ok: success === '' ? undefined : success === 'true',
      message,
      times: Number(text('sc') || 1),
      threads: text('na') === '' ? undefined : Number(text('na')),
    });
    return isTransaction ? 'transaction' : 'request';
  }
}

export const jmeterXml: FileImporter = {
  accepts: (head) => /^\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)*<testResults\b/.test(head),
  read: async (file): Promise<ImportedFigures[]> => {
    const reader = new LogReader();
    for await (const text of file.chunks()) reader.write(text);
    const said: string[] = [];
    if (reader.parts > 0) said.push(`${reader.parts} ${parts}.`);
    if (!reader.isClosed)
      said.push('The file ends early: JMeter was stopped, or was still running. All complete samples were read.');
    return reader.samples.figures(said);
  },
};
