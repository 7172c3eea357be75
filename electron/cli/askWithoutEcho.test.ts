import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askWithoutEcho } from './askWithoutEcho';

class FakeTerminal extends PassThrough {
  readonly isTTY = true;
  readonly modes: boolean[] = [];

  setRawMode(isRaw: boolean): this {
    this.modes.push(isRaw);
    return this;
  }
}

function terminal() {
  const input = new FakeTerminal();
  const shown: string[] = [];
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      shown.push(`${input.modes.at(-1) === true ? 'unseen' : 'seen'}: ${chunk}`);
      done();
    },
  });
  return { input, output, shown };
}

describe('askWithoutEcho', () => {
  it('shows the question and nothing of the answer, and leaves the terminal as it was', async () => {
    const { input, output, shown } = terminal();
    const asked = askWithoutEcho('TOKEN', { input, output });
    input.write('marker-off\u007f\r');
    expect(await asked).toBe('marker-of');
    expect(shown).toEqual(['unseen: secret TOKEN: ', 'seen: \n']);
    expect(input.modes).toEqual([true, false]);
  });

  it.each([
    ['Ctrl-C', '\u0003', 'interrupted'],
    ['Ctrl-D', '\u0004', 'interrupted'],
    ['nothing', '\r', 'usage'],
  ])('refuses %s', async (_what, typed, code) => {
    const { input, output } = terminal();
    const asked = askWithoutEcho('TOKEN', { input, output });
    input.write(typed);
    await expect(asked).rejects.toMatchObject({ code });
    expect(input.modes).toEqual([true, false]);
  });

  it('does not ask where there is no terminal, and says what to do', async () => {
    const { output, shown } = terminal();
    await expect(askWithoutEcho('TOKEN', { input: new PassThrough(), output })).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('PROOFLOAD_SECRET_TOKEN'),
    });
    expect(shown).toEqual([]);
  });
});
