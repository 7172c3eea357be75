/**
 * What the section on trust has found by the check of this name, ready to be looked at: opened where it is folded away,
 * and able to take the focus. Undefined where the section has nothing of it.
 */
export function findEvidence(report: HTMLElement | null, name: string): HTMLElement | undefined {
  const items = report?.querySelectorAll<HTMLElement>('[data-section="checks"] [data-label]') ?? [];
  const item = [...items].find(({ dataset }) => dataset.label === name);
  if (!item) return undefined;
  const folded = item.closest('details');
  if (folded) folded.open = true;
  item.tabIndex = -1;
  return item;
}
