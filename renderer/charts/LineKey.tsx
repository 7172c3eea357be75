/** How a line is drawn, beside its name. */
export function LineKey({ color, dashed }: { color: string; dashed: boolean }) {
  return (
    <svg width="18" height="8" aria-hidden="true">
      <line x1="0" x2="18" y1="4" y2="4" stroke={color} strokeWidth="2" strokeDasharray={dashed ? '4 3' : undefined} />
    </svg>
  );
}
