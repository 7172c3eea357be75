import { afterEach, describe, expect, it, vi } from 'vitest';
import { takeNoOrders } from './switches';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The remaining switches, and the printed text. */
function leftOf(...given: string[]): { left: string[]; said: string } {
  let said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const left = new Set(given);
  takeNoOrders({ hasSwitch: (name) => left.has(name), removeSwitch: (name) => left.delete(name) });
  return { left: [...left], said };
}

describe('the command line of a package', () => {
  it.each(['remote-debugging-port', 'remote-debugging-pipe', 'renderer-cmd-prefix', 'utility-cmd-prefix', 'js-flags'])(
    'opens no inspector and starts no program of others: --%s',
    (name) => {
      const { left, said } = leftOf(name, 'ozone-platform');
      expect(left).toEqual(['ozone-platform']);
      expect(said).toContain(`--${name}`);
    },
  );

  it('is left alone otherwise', () => {
    expect(leftOf('ozone-platform', 'force-device-scale-factor')).toEqual({
      left: ['ozone-platform', 'force-device-scale-factor'],
      said: '',
    });
  });
});
