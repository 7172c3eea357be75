import { serveHttp, sinceFirst } from '../serve';
import { p95Under, type Situation, steady } from '../situation';

export const situation: Situation = {
  standsFor: 'a second half that takes three times as long, where even the first one failed',
  start: () => {
    const elapsedMs = sinceFirst();
    return serveHttp(
      (_request, response) => void setTimeout(() => response.end('ok'), elapsedMs() < 1_000 ? 150 : 450),
    );
  },
  scenario: { load: { ...steady(150, 2), gracefulStop: '2s' }, thresholds: p95Under(30) },
  alone: true,
  expected: { verdict: 'failed', requests: 300, p50: [148, 650], p95: [448, 1_000] },
};
