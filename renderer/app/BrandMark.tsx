/** The icon of the app (resources/icons/icon.svg) in the colours of the theme, without its frame. */
export function BrandMark() {
  return (
    <svg viewBox="160 190 720 640" width="22" height="20" fill="none" strokeLinecap="round" aria-hidden="true">
      <path d="M192 392H836" stroke="var(--limit)" strokeWidth="44" strokeDasharray="40 84" />
      <path
        d="M192 712C300 700 340 640 400 560S500 330 560 300S660 520 720 440S800 250 836 232"
        stroke="var(--accent)"
        strokeWidth="76"
      />
      <path d="M560 660L670 770L848 560" stroke="var(--passed)" strokeWidth="88" strokeLinejoin="round" />
    </svg>
  );
}
