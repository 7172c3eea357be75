import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const project = resolve(import.meta.dirname, '../..');

const textOf = (file: string): string => readFileSync(join(project, file), 'utf8');

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'tests/servers/README.md',
  ...readdirSync(join(project, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Where the links and pictures of a page lead, except to the web. */
function linksOf(text: string): string[] {
  return [...text.replace(/```[\s\S]*?```|`[^`\n]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^https?:/.test(link));
}

describe('the documentation', () => {
  it.each(pages)('links to what is there: %s', (page) => {
    const broken = linksOf(textOf(page)).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(project, file))) return true;
      return anchor !== undefined && !anchorsOf(textOf(file)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('is reached from the README', () => {
    const linked = new Set(linksOf(textOf('README.md')));
    const missing = pages.filter((page) => /^docs\/(?!adr)/.test(page) && !linked.has(page));
    expect(missing).toEqual([]);
  });

  it('begins with a README of one picture, two commands and at most 150 lines', () => {
    const lines = textOf('README.md').split('\n');
    expect(lines.length).toBeLessThanOrEqual(150);
    const firstScreen = lines.slice(0, 20).join('\n');
    expect(firstScreen.match(/!\[.*passed/g)).toHaveLength(1);
    expect(firstScreen.match(/^npm (?:start|test)\b/gm)).toHaveLength(2);
    expect(firstScreen).toContain('**Read on:**');
  });
});
