/**
 * The finding of the check with this name in the section on trust, opened if it is collapsed, and focusable. Undefined
 * when the section does not have it.
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
