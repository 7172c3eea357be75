import { describe, expect, it } from 'vitest';
import { runDocument } from '../../tests/support/factories';
import { annotationsOf } from './annotations';

const failed = { metric: 'http_req_duration', expression: 'p(99)<100', value: 271, ok: false };
const open = { ...failed, expression: 'p(90)<100', value: 96, ok: true, status: 'undecided' as const };
const passed = { ...failed, expression: 'p(95)<500', ok: true };

describe('the annotations of a run', () => {
  it('are an error for each threshold that failed and a warning for each that is undecided', () => {
    const lines = annotationsOf(runDocument({ verdict: 'failed', thresholds: [failed, open, passed] })).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(
      '::error title=Target%3A threshold failed::http_req_duration p(99)<100: 271 ms, limit 100 ms',
    );
    expect(lines[1]).toMatch(/^::warning title=Target%3A threshold undecided::http_req_duration p\(90\)<100: 96\.0 ms/);
  });

  it('are nothing of a run that passed, and the verdict where no threshold says it', () => {
    expect(annotationsOf(runDocument({ verdict: 'passed', thresholds: [passed] }))).toBe('');
    expect(annotationsOf(runDocument({ verdict: 'aborted', reason: 'the target died.' }))).toBe(
      '::error title=Target%3A Aborted::the target died. What was measured is kept.\n',
    );
    expect(annotationsOf(runDocument({ verdict: 'inconclusive', thresholds: [] }))).toMatch(
      /^::warning title=Target%3A Inconclusive::/,
    );
  });

  it('are one line each, whatever a name or a reason holds', () => {
    const reason = 'broken\n::set-output name=a::b\r\n50 %';
    const text = annotationsOf(runDocument({ verdict: 'aborted', reason }));
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(text).toContain('broken%0A::set-output name=a::b%0D%0A50 %25');
  });
});
