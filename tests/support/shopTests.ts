import { beforeEach } from 'vitest';
import { Cli } from './cli';
import { type Shop, startShop } from './shop';

/** Gives each test of a suite a command line and a shop of its own, prepared by `begin`, and ends both after it. */
export function beforeEachWithShop(begin: (cli: Cli, shop: Shop) => void): void {
  beforeEach(async () => {
    const cli = new Cli();
    const shop = await startShop();
    begin(cli, shop);
    return async () => {
      cli.dispose();
      await shop.close();
    };
  });
}
