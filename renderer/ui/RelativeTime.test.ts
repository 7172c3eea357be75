import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { setFormatLocale } from '../../shared/units/format';
import { RelativeTime } from './RelativeTime';

afterEach(() => {
  vi.useRealTimers();
  setFormatLocale(undefined);
});

it('an age has its exact time under the pointer, as the locale writes it', () => {
  const at = '2026-11-24T14:21:20.000Z';
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T17:30:00Z') });
  setFormatLocale('de-DE');
  const markup = renderToStaticMarkup(createElement(RelativeTime, { at }));
  expect(markup).toMatch(
    /^<time dateTime="2026-11-24T14:21:20\.000Z" title="24\.11\.2026, \d\d:21:20">3 hours ago<\/time>$/,
  );
});
