import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';

/** How long the pointer must rest on an element before its tooltip appears, in ms. */
const tooltipDelayMs = 400;

/**
 * The providers for all of ui/. The Content-Security-Policy of the page forbids style elements, so none are created.
 */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <CSPProvider disableStyleElements>
      <Tooltip.Provider delay={tooltipDelayMs}>{children}</Tooltip.Provider>
    </CSPProvider>
  );
}
