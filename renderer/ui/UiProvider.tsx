import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

/** So long the pointer rests on something before its tooltip appears, in ms. */
const tooltipDelayMs = 400;

/** What all parts of ui/ need around them. The page's policy allows no style elements, so that none is made. */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={tooltipDelayMs}>{children}</Tooltip.Provider>
    </CSPProvider>
  );
}
