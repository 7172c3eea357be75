import { describe, it } from 'vitest';
import { judge, situations } from '../../servers/situations';

describe('a run against a server of which it', () => {
  for (const situation of situations.filter(({ alone }) => alone))
    it(situation.title, (context) => judge(situation, context));
});
