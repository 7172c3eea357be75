import clsx from 'clsx';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { FlameNode } from '../../../shared/profile/flameTree';
import { formatLatency, formatPercent, formatShare } from '../../../shared/units/format';
import { Button } from '../../ui/Button';
import shared from '../../ui/shared.module.css';
import { HeaderRow } from '../../ui/Table';
import { ChartFrame } from '../frame/ChartFrame';
import chart from '../frame/charts.module.css';
import styles from './FlameGraph.module.css';
import { type FlameFrame, flameLayout, foundUs, heaviestFunctions, isFound } from './flameLayout';

const rowHeight = 20;
const leastPixels = 0.7;
const leastTextPixels = 36;
const tableRows = 25;

/** The colours of the current theme. */
function themeColors() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    own: of('--processor'),
    library: of('--text-quiet'),
    garbage: of('--percentile-95'),
    found: of('--inconclusive'),
    text: of('--surface'),
    line: of('--surface-raised'),
  };
}

/**
 * The colour for Proofload's own code, for frames without source (the engine and V8 itself), or for garbage collection.
 */
function colorOf({ name, place }: FlameNode, colors: ReturnType<typeof themeColors>): string {
  if (name === '(garbage collector)') return colors.garbage;
  return place === '' ? colors.library : colors.own;
}

function draw(canvas: HTMLCanvasElement, frames: readonly FlameFrame[], search: string): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const width = canvas.clientWidth;
  const ratio = window.devicePixelRatio;
  canvas.width = width * ratio;
  canvas.height = canvas.clientHeight * ratio;
  context.scale(ratio, ratio);
  context.font = '12px "Inter Variable", sans-serif';
  context.textBaseline = 'middle';
  const colors = themeColors();
  for (const { node, depth, x, width: share } of frames) {
    const [left, top, wide] = [x * width, depth * rowHeight, share * width];
    context.globalAlpha = search !== '' && !isFound(node, search) ? 0.35 : 1;
    context.fillStyle = isFound(node, search) ? colors.found : colorOf(node, colors);
    context.fillRect(left, top, Math.max(1, wide - 1), rowHeight - 1);
    if (wide < leastTextPixels) continue;
    context.fillStyle = colors.text;
    context.save();
    context.beginPath();
    context.rect(left, top, wide - 4, rowHeight);
    context.clip();
    context.fillText(node.name, left + 4, top + rowHeight / 2);
    context.restore();
  }
  context.globalAlpha = 1;
}

function frameWords({ name, place, totalUs, selfUs }: FlameNode, wholeUs: number): string {
  const share = wholeUs > 0 ? totalUs / wholeUs : 0;
  const own = formatLatency(selfUs / 1_000);
  return `${name}${place && ` (${place})`}: ${formatLatency(totalUs / 1_000)}, ${formatShare(share)} of the busy time, ${own} self time`;
}

function FunctionTable({ root }: { root: FlameNode }) {
  return (
    <div className={chart.chartTable}>
      <table className={shared.numbers} aria-label="Functions by self time">
        <HeaderRow titles={['Function', 'Self time', 'Share']} />
        <tbody>
          {heaviestFunctions(root, tableRows).map((node) => (
            <tr key={`${node.name} ${node.place}`}>
              <th scope="row">
                {node.name} <span className={shared.quiet}>{node.place}</span>
              </th>
              <td>{formatLatency(node.selfUs / 1_000)}</td>
              <td>{formatShare(root.totalUs > 0 ? node.selfUs / root.totalUs : 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/**
 * A call tree in which the width of a frame is its time. A click or Enter zooms into a frame, Escape goes back, the
 * arrow keys move between frames.
 */
export function FlameGraph({ root }: { root: FlameNode }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [path, setPath] = useState<readonly FlameNode[]>([root]);
  const [search, setSearch] = useState('');
  const [pointed, setPointed] = useState<FlameFrame>();
  const top = path.at(-1) ?? root;
  const frames = useMemo(() => flameLayout(top, leastPixels / 1_000), [top]);
  const depth = Math.max(...frames.map((frame) => frame.depth)) + 1;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const redraw = (): void => draw(element, frames, search);
    const resized = new ResizeObserver(redraw);
    resized.observe(element);
    const theme = window.matchMedia('(prefers-color-scheme: light)');
    theme.addEventListener('change', redraw);
    redraw();
    return () => {
      resized.disconnect();
      theme.removeEventListener('change', redraw);
    };
  }, [frames, search]);

  const zoom = (frame: FlameFrame | undefined): void => {
    if (!frame || frame.node === top) return;
    setPath([...path, frame.node]);
    setPointed(undefined);
  };
  const frameAt = ({ nativeEvent: { offsetX, offsetY } }: MouseEvent): FlameFrame | undefined => {
    const x = offsetX / (canvas.current?.clientWidth || 1);
    const row = Math.floor(offsetY / rowHeight);
    return frames.find((frame) => frame.depth === row && x >= frame.x && x < frame.x + frame.width);
  };
  const press = ({ key }: KeyboardEvent): void => {
    const at = pointed ? frames.indexOf(pointed) : -1;
    if (key === 'ArrowRight' || key === 'ArrowDown') setPointed(frames[Math.min(frames.length - 1, at + 1)]);
    if (key === 'ArrowLeft' || key === 'ArrowUp') setPointed(frames[Math.max(0, at - 1)]);
    if (key === 'Enter') zoom(pointed);
    if (key === 'Escape') setPath(path.slice(0, Math.max(1, path.length - 1)));
  };
  const foundShare = root.totalUs > 0 ? foundUs(root, search) / root.totalUs : 0;

  return (
    <ChartFrame
      name="Flame graph"
      title="CPU profile of the service: time by call stack"
      legend={
        <input
          className={clsx(shared.field, styles.flameSearch)}
          type="search"
          placeholder="Search functions and files"
          aria-label="Search functions and files"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      }
      table={() => <FunctionTable root={root} />}
    >
      <div className={styles.flame}>
        <p className={shared.quiet} role="status">
          {search !== '' && `${search}: ${formatPercent(foundShare)} of the busy time. `}
          {pointed ? frameWords(pointed.node, root.totalUs) : 'Click to zoom in, press Escape to zoom out.'}
        </p>
        <nav aria-label="Zoom">
          {path.slice(0, -1).map((node, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a function may be on the path more than once; its place is its identity
            <Button key={index} variant="link" onClick={() => setPath(path.slice(0, index + 1))}>
              {node.name} ›
            </Button>
          ))}
          {path.length > 1 && <span>{top.name}</span>}
        </nav>
        <canvas
          ref={canvas}
          role="img"
          aria-label="Flame graph; the table lists its values"
          tabIndex={0}
          style={{ height: depth * rowHeight }}
          onMouseMove={(event) => setPointed(frameAt(event))}
          onMouseLeave={() => setPointed(undefined)}
          onClick={(event) => zoom(frameAt(event))}
          onKeyDown={press}
        />
      </div>
    </ChartFrame>
  );
}
