/* A chart as a self-contained image: the styles of the window are written into it. */

/** The style properties that an SVG needs. All others have the same value everywhere. */
const properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
] as const;

function withStyles(source: Element, copy: Element): void {
  const style = getComputedStyle(source);
  for (const property of properties) {
    const value = style.getPropertyValue(property);
    if (value) copy.setAttribute(property, value);
  }
  Array.from(source.children).forEach((child, index) => {
    const twin = copy.children[index];
    if (twin) withStyles(child, twin);
  });
}

const namespace = 'http://www.w3.org/2000/svg';

function element(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

/** A self-contained image and its size in pixels. */
export interface Picture {
  svg: string;
  width: number;
  height: number;
}

const headHeight = 28;

/** HTML within SVG, for charts that consist of boxes. Every style is written into it. */
function foreign(plot: Element, width: number, height: number): SVGElement {
  const copy = plot.cloneNode(true);
  const inline = (source: Element, twin: Element): void => {
    const style = getComputedStyle(source);
    twin.setAttribute('style', Array.from(style, (name) => `${name}:${style.getPropertyValue(name)}`).join(';'));
    Array.from(source.children).forEach((child, index) => {
      const childTwin = twin.children[index];
      if (childTwin) inline(child, childTwin);
    });
  };
  if (copy instanceof Element) inline(plot, copy);
  const box = element('foreignObject', { y: headHeight, width, height });
  box.append(copy);
  return box;
}

/** The image of a chart as SVG, with its title. Undefined when nothing is drawn. */
export function chartSvg(figure: HTMLElement, title: string): Picture | undefined {
  const plot = figure.querySelector('[data-chart-canvas]');
  const drawn = plot?.querySelector('svg.recharts-surface');
  const canvas = plot?.querySelector('canvas');
  if (!plot) return undefined;
  const { width, height } = plot.getBoundingClientRect();
  const style = getComputedStyle(figure);
  const root = element('svg', { xmlns: namespace, width, height: height + headHeight });
  root.append(
    element('rect', { width, height: height + headHeight, fill: style.backgroundColor }),
    element(
      'text',
      { x: 8, y: 19, 'font-size': 13, 'font-weight': 600, 'font-family': 'sans-serif', fill: style.color },
      title,
    ),
  );
  if (drawn) {
    const copy = drawn.cloneNode(true);
    if (copy instanceof Element) {
      withStyles(drawn, copy);
      copy.setAttribute('y', String(headHeight));
      root.append(copy);
    }
  } else if (canvas) {
    const { width: wide, height: high } = canvas.getBoundingClientRect();
    root.append(element('image', { y: headHeight, width: wide, height: high, href: canvas.toDataURL('image/png') }));
  } else {
    root.append(foreign(plot, width, height));
  }
  return { svg: new XMLSerializer().serializeToString(root), width, height: height + headHeight };
}

/** An SVG, drawn at twice its size. */
async function rastered({ svg, width, height }: Picture): Promise<HTMLCanvasElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * 2);
  canvas.height = Math.ceil(height * 2);
  const context = canvas.getContext('2d');
  context?.scale(2, 2);
  context?.drawImage(image, 0, 0);
  return canvas;
}

/** An SVG as PNG at twice its size. */
export async function pngBlobOf(picture: Picture): Promise<Blob> {
  const canvas = await rastered(picture);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('the picture is too large'))), 'image/png');
  });
}

/** An SVG as base64-encoded PNG at twice its size. */
export async function pngOf(picture: Picture): Promise<string> {
  return (await rastered(picture)).toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
