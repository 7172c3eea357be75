import type { CDPSession, Page } from '@playwright/test';

/** What can be pressed or opened, in whatever way it is made. */
const pressable =
  'button, summary, a[href], [role=combobox], [role=tab], [role=menuitem], [role=menuitemcheckbox], [role=option], label:has(input)';

/** The states that the browser is made to see an element in. */
const states = {
  'at rest': [],
  'under the pointer': ['hover'],
  'held down': ['hover', 'active'],
  focused: ['focus', 'focus-visible'],
} as const;

/** In the page: each text of what can be pressed that has less contrast than WCAG AA asks for. */
const weakTexts = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) known.set(color, read(color));
    return known.get(color);
  };
  const read = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  // What an element stands on and how opaque it is follow from its parent, which many elements have in common.
  const grounds = new Map();
  const groundOf = (element) => {
    if (!element) return [0, 0, 0, 1];
    if (!grounds.has(element)) {
      const layer = rgba(getComputedStyle(element).backgroundColor);
      grounds.set(element, layer[3] > 0.999 ? layer : over(layer, groundOf(element.parentElement)));
    }
    return grounds.get(element);
  };
  const luminance = ([red, green, blue]) => {
    const linear = [red, green, blue].map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const opacities = new Map();
  const opacityOf = (element) => {
    if (!element) return 1;
    if (!opacities.has(element))
      opacities.set(element, Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement));
    return opacities.get(element);
  };
  const weak = [];
  for (const element of document.querySelectorAll(${JSON.stringify(pressable)})) {
    const texts = [element, ...element.querySelectorAll('*')].filter((part) =>
      [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== ''));
    for (const text of texts) {
      if (!text.checkVisibility() || text.closest('[inert], [aria-hidden=true]')) continue;
      const ground = groundOf(text);
      const [red, green, blue, alpha] = rgba(getComputedStyle(text).color);
      const color = over([red, green, blue, alpha * opacityOf(text)], ground);
      const [darker, lighter] = [luminance(color), luminance(ground)].sort((a, b) => a - b);
      const contrast = (lighter + 0.05) / (darker + 0.05);
      if (contrast < 4.5) weak.push(text.textContent.trim().slice(0, 60) + ': ' + contrast.toFixed(2));
    }
  }
  return [...new Set(weak)];
})()`;

/** What the browser says of an element that was replaced since it was found. */
const isReplaced = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('Could not find node with given id');

/**
 * Everything that can be pressed on a page whose words cannot be read in one of its states, as `state: words: contrast`.
 * A page that is still being drawn is looked at again.
 */
export async function weakWords(page: Page): Promise<string[]> {
  for (;;) {
    const session = await page.context().newCDPSession(page);
    try {
      return await weakWordsIn(page, session);
    } catch (error) {
      if (!isReplaced(error)) throw error;
    } finally {
      // This also takes the states away.
      await session.detach();
    }
  }
}

async function weakWordsIn(page: Page, session: CDPSession): Promise<string[]> {
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await session.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: pressable });
  const found: string[] = [];
  const force = (forcedPseudoClasses: readonly string[]): Promise<unknown> =>
    Promise.all(
      nodeIds.map((nodeId) =>
        session.send('CSS.forcePseudoState', { nodeId, forcedPseudoClasses: [...forcedPseudoClasses] }),
      ),
    );
  const note = async (state: string): Promise<void> => {
    const weak: string[] = await page.evaluate(weakTexts);
    found.push(...weak.map((words) => `${state}: ${words}`));
  };
  for (const [state, forcedPseudoClasses] of Object.entries(states)) {
    await force(forcedPseudoClasses);
    await note(state);
  }
  await force([]);
  const setDisabled = (isDisabled: boolean): Promise<unknown> =>
    page.evaluate(`for (const button of document.querySelectorAll('button')) {
      if (${isDisabled}) button.dataset.wasDisabled = String(button.disabled);
      button.disabled = ${isDisabled} || button.dataset.wasDisabled === 'true';
    }`);
  await setDisabled(true);
  await note('disabled');
  await setDisabled(false);
  return found;
}
