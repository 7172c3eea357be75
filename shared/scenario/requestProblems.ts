import { describeAuthProblem } from './auth';
import { isRequestStep } from './journeys';
import type { WithLifecycle } from './lifecycle';
import { maxRedirectsOf } from './redirects';
import { describeBodyProblem } from './requestBody';
import type { RequestFields } from './requests';
import type { OwnRequests } from './steps';

/** A problem of a request, with its path in the scenario. */
interface RequestProblem {
  path: readonly (string | number)[];
  message: string;
}

function problemsOf(request: RequestFields): string[] {
  const problems = [describeBodyProblem(request), describeAuthProblem(request, request.headers)];
  const names = Object.keys(request.headers).map((name) => name.toLowerCase());
  return [
    ...problems.filter((problem) => problem !== undefined),
    ...(request.multipart && names.includes('content-type')
      ? ['leave Content-Type out: that of "multipart" has a boundary']
      : []),
  ];
}

/** Returns the problems of requests that the schemas of single fields cannot detect. */
export function describeRequestProblems({ requests = [], ...own }: OwnRequests & WithLifecycle): RequestProblem[] {
  const single = requests.map((request, index) => ({ request, path: ['requests', index] }));
  const redirected = single
    .filter(({ request }) => maxRedirectsOf(request) > 0 && request.expectRedirect)
    .map(({ path }) => ({
      path: [...path, 'redirects'],
      message: 'a redirect is followed or expected: leave "redirects" or "expectRedirect" out',
    }));
  const { journeys = [], setup, teardown } = own;
  const parts = [
    ...journeys.map(({ steps }, place) => ({ steps, path: ['journeys', place] })),
    ...Object.entries({ setup, teardown }).map(([name, part]) => ({ steps: part?.steps ?? [], path: [name] })),
  ];
  const steps = parts.flatMap((part) =>
    part.steps.flatMap((request, index) =>
      isRequestStep(request) ? [{ request, path: [...part.path, 'steps', index] }] : [],
    ),
  );
  const problems = [...single, ...steps].flatMap(({ request, path }) =>
    problemsOf(request).map((message) => ({ path, message })),
  );
  return [...problems, ...redirected];
}
