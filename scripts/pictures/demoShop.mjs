import { registerHooks } from 'node:module';

/** The shop that tests load, for pictures of journeys. Its files import each other as the bundler does, without endings. */
export async function startDemoShop() {
  registerHooks({
    resolve: (name, context, next) =>
      next(context.parentURL?.endsWith('.ts') && /^\.\.?\/[^.]+$/.test(name) ? `${name}.ts` : name, context),
  });
  const { startShop } = await import('../../tests/support/shop.ts');
  return startShop();
}
