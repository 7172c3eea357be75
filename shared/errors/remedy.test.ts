import { describe, expect, it } from 'vitest';
import { ProofloadError, toAppError } from './appError';
import { type ErrorDetails, errorDetailsSchema, reportedErrorSchema } from './errorDetails';
import { describeError, type Surface } from './remedy';

const examples: { [About in ErrorDetails['about']]: Extract<ErrorDetails, { about: About }> } = {
  host: { about: 'host', host: 'shop.example' },
  certificate: { about: 'certificate' },
  'target-url': { about: 'target-url' },
  'database-url': { about: 'database-url' },
  'engine-settings': { about: 'engine-settings' },
  'data-folder': { about: 'data-folder' },
  'damaged-history': { about: 'damaged-history' },
  run: { about: 'run' },
  'deleted-run': { about: 'deleted-run', id: 'r-3' },
  baseline: { about: 'baseline' },
  experiment: { about: 'experiment' },
  driver: { about: 'driver', tool: 'k6' },
};

function remedyOn(surface: Surface, error: { hint: string; details?: ErrorDetails }): string {
  return describeError(surface, { message: 'it broke', ...error }).remedy;
}

describe.each(Object.values(examples))('the remedy for $about', (details) => {
  it('begins with the hint on both surfaces, and shows the window no flags and the terminal no screens', () => {
    const error = { hint: 'do this', details: errorDetailsSchema.parse(details) };
    const [inWindow, inTerminal] = [remedyOn('window', error), remedyOn('terminal', error)];
    expect(inWindow).toMatch(/^Do this; ./);
    expect(inWindow).not.toMatch(/--\w|proofload \w/);
    expect(inTerminal).toMatch(/^do this; ./);
    expect(inTerminal).not.toMatch(/Settings|History|tick/);
  });
});

describe('the details of an error', () => {
  it('name the host, and the run, that the remedy is for', () => {
    expect(remedyOn('window', { hint: '', details: examples.host })).toContain('confirm shop.example');
    expect(remedyOn('terminal', { hint: '', details: examples['deleted-run'] })).toContain('--undo r-3');
  });

  it('reach another process with it, and one without any has its hint alone', () => {
    const thrown = new ProofloadError('remote-not-allowed', 'no', 'ask', { details: examples.host });
    expect(reportedErrorSchema.parse(toAppError(thrown))).toMatchObject({ details: examples.host });
    expect(describeError('window', toAppError(new ProofloadError('usage', 'no', 'ask')))).toEqual({
      message: 'No',
      remedy: 'Ask',
    });
  });
});

describe('the sentences of an error', () => {
  it.each([
    ['the port 8080 is in use', 'The port 8080 is in use'],
    ['run 20261126-1 is damaged', 'Run 20261126-1 is damaged'],
    ["it's gone", "It's gone"],
    ['stopped', 'Stopped'],
    ['écrit, à la main', 'Écrit, à la main'],
  ])('begin with a capital letter in a window, and not in a terminal: %s', (message, inWindow) => {
    expect(describeError('window', { message, hint: message })).toEqual({ message: inWindow, remedy: inWindow });
    expect(describeError('terminal', { message, hint: message })).toEqual({ message, remedy: message });
  });

  it.each([
    'autocannon follows no redirects here',
    'k6 is not on the PATH',
    'shop.example was not confirmed for this run',
    'constant-vus takes --vus',
    'sqlite: cache is on or off',
    '/tmp/a.json cannot be written',
    'load.rate: Too small',
    'GET /a is a request',
    '"tokenUrl" is wrong',
    '',
  ])('keep the case of a name: %s', (message) => {
    expect(describeError('window', { message, hint: message })).toEqual({ message, remedy: message });
  });

  it('keep the case of the host that they are about', () => {
    const error = { message: 'db is not this machine', hint: 'ask', details: { about: 'host', host: 'db' } } as const;
    expect(describeError('window', error).message).toBe('db is not this machine');
  });
});
