import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/**
 * Guards of the library stand at both ends of what keeps the focus: hidden, and focused only to hand the focus on. What
 * stands over a screen belongs to none of its regions.
 */
const run = `axe
  .run({ exclude: ['[data-base-ui-focus-guard]'] }, { resultTypes: ['violations'] })
  .then(({ violations }) =>
    violations
      .map((violation) => ({
        ...violation,
        nodes: violation.nodes.filter(
          ({ target: [target] }) =>
            violation.id !== 'region' || !document.querySelector(target)?.closest('[data-base-ui-portal]'),
        ),
      }))
      .filter(({ nodes }) => nodes.length > 0),
  )`;

/** What axe finds in a page as it is, each rule with the places where it is broken. */
export async function violationsIn(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found: Violation[] = await page.evaluate(run);
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}
