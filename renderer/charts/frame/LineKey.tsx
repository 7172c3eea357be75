interface LineKeyProps {
  color: string;
  /** As in SVG. A solid line without it. */
  dash?: string | undefined;
  width?: number;
}

/** A sample of a line, beside its name. */
export function LineKey({ color, dash, width = 18 }: LineKeyProps) {
  return (
    <svg width={width} height="8" aria-hidden="true">
      <line x1="0" x2={width} y1="4" y2="4" stroke={color} strokeWidth="2" strokeDasharray={dash} />
    </svg>
  );
}
