import { describe, expect, it } from 'vitest';
import { placeOf } from './runPlaces';

describe('the place of a section of the report', () => {
  it('is the section of the screen that is about it', () => {
    expect(placeOf('checks')).toBe('Trust');
    expect(placeOf('memory')).toBe('Service');
    expect(placeOf('failures')).toBe('Errors');
    expect(placeOf('stages')).toBe('Operations');
  });

  it('is elsewhere where the screen has a picture of its own', () => {
    for (const key of ['thresholds', 'figures', 'timeSpent', 'capacity', 'profile', 'log'] as const)
      expect(placeOf(key)).toBe('elsewhere');
  });
});
