import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** The rules that look at colours. Nothing else is different in another theme (tokens.css). */
const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * Guards of the library stand at both ends of what keeps the focus: hidden, and focused only to hand the focus on. What
 * stands over a screen belongs to none of its regions.
 */
const run = (options: object) => `axe
  .run({ exclude: ['[data-base-ui-focus-guard]'] }, ${JSON.stringify({ resultTypes: ['violations'], ...options })})
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

/**
 * What axe finds in a page as it is, each rule with the places where it is broken. A page that was looked at by all rules
 * in one theme needs only those of `colours` in the other.
 */
export async function violationsIn(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  const isThere: boolean = await page.evaluate("typeof axe === 'object'");
  if (!isThere) await page.evaluate(axe);
  const options = rules === 'all' ? {} : { runOnly: { type: 'rule', values: colourRules } };
  const found: Violation[] = await page.evaluate(run(options));
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
}
