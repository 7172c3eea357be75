import { describe, expect, it } from 'vitest';
import type { FlameNode } from '../../../shared/profile/flameTree';
import { flameLayout, foundUs, heaviestFunctions } from './flameLayout';

function frame(name: string, totalUs: number, children: FlameNode[] = []): FlameNode {
  const selfUs = totalUs - children.reduce((sum, child) => sum + child.totalUs, 0);
  return { name, place: `${name}.js:1`, totalUs, selfUs, children };
}

const root = frame('all', 100, [
  frame('serve', 80, [frame('parse', 50, [frame('parse', 10)]), frame('find', 20)]),
  frame('commit', 20),
]);

describe('a flame graph', () => {
  it('puts each frame under its caller, as wide as its share of the time', () => {
    const frames = flameLayout(root, 0);
    expect(frames.map(({ node, depth, x, width }) => [node.name, depth, x, width])).toEqual([
      ['all', 0, 0, 1],
      ['serve', 1, 0, 0.8],
      ['parse', 2, 0, 0.5],
      ['parse', 3, 0, 0.1],
      ['find', 2, 0.5, 0.2],
      ['commit', 1, 0.8, 0.2],
    ]);
  });

  it('leaves out what is too narrow to be seen, with all below it', () => {
    expect(flameLayout(root, 0.3).map(({ node }) => node.name)).toEqual(['all', 'serve', 'parse']);
  });

  it('counts the time of what is found once, and finds by file as well', () => {
    expect(foundUs(root, 'PARSE')).toBe(50);
    expect(foundUs(root, 'commit.js')).toBe(20);
    expect(foundUs(root, '')).toBe(0);
  });

  it('adds up the own time of a function wherever it was called', () => {
    expect(heaviestFunctions(root, 2).map(({ name, selfUs }) => [name, selfUs])).toEqual([
      ['parse', 50],
      ['find', 20],
    ]);
  });
});
