import { ProofloadError } from '../../../shared/errors/appError';
import { parseDraft } from '../../app/scenarios/scenarioStore';
import type { AppServices } from '../../app/services';
import type { DesktopApp } from '../desktopApp';
import type { Handlers } from '../ipc/answer';

/** The dependencies of these handlers. */
export type TryApp = Pick<DesktopApp, 'session'> & { services: Pick<AppServices, 'tryJourney'> };

/** Tries a journey. Nothing else sends load meanwhile. */
export function tryHandlers({ services, session }: TryApp) {
  let trying: AbortController | undefined;
  return {
    tryJourney: ({ draft, target, journey }) => {
      const scenario = parseDraft(draft);
      return session.exclusively(async (closing) => {
        const stopping = new AbortController();
        trying = stopping;
        try {
          const signal = AbortSignal.any([closing, stopping.signal]);
          return await services.tryJourney({ scenario, target, journey }, signal);
        } finally {
          trying = undefined;
        }
      });
    },
    stopTry: () => trying?.abort(new ProofloadError('interrupted', 'the journey was stopped', 'try it again')),
  } satisfies Partial<Handlers>;
}
