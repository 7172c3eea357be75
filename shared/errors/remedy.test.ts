import { describe, expect, it } from 'vitest';
import { ProofloadError, toAppError } from './appError';
import { type ErrorDetails, errorDetailsSchema, reportedErrorSchema } from './errorDetails';
import { remedyOn } from './remedy';

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
  driver: { about: 'driver', tool: 'k6' },
};

describe.each(Object.values(examples))('the remedy for $about', (details) => {
  it('begins with the hint on both surfaces, and shows the window no flags and the terminal no screens', () => {
    const error = { hint: 'do this', details: errorDetailsSchema.parse(details) };
    const [inWindow, inTerminal] = [remedyOn('window', error), remedyOn('terminal', error)];
    expect(inWindow).toMatch(/^do this; ./);
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
    expect(remedyOn('window', toAppError(new ProofloadError('usage', 'no', 'ask')))).toBe('ask');
  });
});
