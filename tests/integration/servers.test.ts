import { describe, it } from 'vitest';
import { judge, situations } from '../servers/situations';

describe('a run against a server of which it', () => {
  // Side by side: what is right of these does not depend on what else the machine does.
  for (const situation of situations.filter(({ alone }) => !alone))
    it.concurrent(situation.title, (context) => judge(situation, context));
});
