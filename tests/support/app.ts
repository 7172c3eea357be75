import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, test as base, type ElectronApplication, expect, type Locator, type Page } from '@playwright/test';
import { coarsePace } from './coarsePace';
import { brief, keepScenarios, long, type ScenarioFile, steady } from './scenarios';
import { removeServicePlace } from './servicePlace';
import { startVirtualDisplay } from './virtualDisplay';

const repository = resolve(import.meta.dirname, '../..');

/** How long an action or a new window may take, in ms. It ends only what hangs; Playwright's own 30 s end slow starts. */
const hangMs = 90_000;

/** The window as a user meets it. */
export class AppWindow {
  readonly app: ElectronApplication;
  readonly page: Page;

  constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
  }

  /** The verdict sentence of the run that is shown. */
  get verdict() {
    return this.page.getByTestId('verdict');
  }

  tile(name: string) {
    return this.page.locator(`[data-tile="${name}"] [data-tile-value]`);
  }

  chart(title: string) {
    return this.page.locator(`[data-chart="${title}"]`);
  }

  /** Waits until a chart over time shows at least two points. */
  async expectPoints(title: string): Promise<void> {
    await expect(this.chart(title).locator('[data-points]')).toHaveAttribute('data-points', /^([2-9]|\d\d+)$/);
  }

  /** Waits until another chart shows a line of at least two points. A flat line counts, though it has no height. */
  async expectLine(title: string): Promise<void> {
    await expect(this.chart(title).locator('.recharts-line-curve').first()).toHaveAttribute('d', /^M.*L/);
  }

  /** Opens what to run, which is one line as soon as there is a run. */
  async openSetup(): Promise<void> {
    const change = this.page.getByRole('button', { name: 'Change', exact: true });
    await expect(change).toBeVisible();
    if ((await change.getAttribute('aria-expanded')) === 'false') await change.click();
  }

  /** Chooses a value of a select by the name that it shows. */
  async select(select: Locator, choice: string): Promise<void> {
    await select.click();
    await this.page.getByRole('option', { name: choice, exact: true }).click();
  }

  /** Waits for a window that is about to open. */
  nextWindow(): Promise<Page> {
    return this.app.waitForEvent('window', { timeout: hangMs });
  }

  /** Opens a menu and does what one of its entries says. A notification may cover that: it is no click. */
  async act(menu: Locator, entry: string): Promise<void> {
    await menu.click();
    await this.page.getByRole('menuitem', { name: entry, exact: true }).press('Enter');
  }

  /** What the window has told of what was done, beside the screens. */
  notice(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: 'Notifications' }).getByText(text);
  }

  async choose(level: number, engine: string): Promise<void> {
    await this.openSetup();
    await this.page.locator(`input[name=level][value=level-${level}]`).check({ force: true });
    await this.page.locator(`input[name=engine][value=${engine}]`).check({ force: true });
  }

  async run(level: number): Promise<void> {
    await this.page.getByRole('button', { name: `Run level ${level}` }).click();
  }

  /** Chooses a scenario of the data folder, and what it loads. */
  async chooseScenario({ id }: ScenarioFile, engine: string): Promise<void> {
    await this.openSetup();
    await this.page.locator(`input[name=level][value=${id}]`).check({ force: true });
    await this.page.locator(`input[name=engine][value=${engine}]`).check({ force: true });
  }

  async runScenario({ name }: ScenarioFile): Promise<void> {
    await this.page.getByRole('button', { name: `Run ${name}` }).click();
  }

  /**
   * Presses the button of this number in every question of the main process from now on, which belongs to the system
   * and not to the page. Returns a function that tells what was asked since.
   */
  async answerQuestions(button: number): Promise<() => Promise<string[]>> {
    await this.app.evaluate(({ app, dialog }, response) => {
      const asked: string[] = [];
      Object.assign(app, { questions: asked });
      Object.assign(dialog, {
        showMessageBox: async (...args: { message: string; detail: string }[]) => {
          const question = args.at(-1);
          asked.push(`${question?.message}\n${question?.detail}`);
          return { response, checkboxChecked: false };
        },
      });
    }, button);
    return () =>
      this.app.evaluate(({ app }) =>
        'questions' in app && Array.isArray(app.questions) ? app.questions.map(String) : [],
      );
  }

  async stop(): Promise<void> {
    await this.page.getByRole('button', { name: 'Stop' }).click();
  }

  async show(
    screen: 'Overview' | 'Run' | 'Scenarios' | 'Options' | 'History' | 'Compare' | 'Integrity' | 'Settings',
  ): Promise<void> {
    const screens = this.page.getByRole('navigation', { name: 'Screens' });
    await screens.getByRole('button', { name: screen, exact: true }).click();
  }
}

// A virtual display has no GPU behind it; Chromium would imitate one on the processor, at a quarter of a test's cost.
const switches = process.platform === 'linux' ? ['--disable-gpu'] : [];

/** Launches the built app on a data folder and waits until it is ready. */
export async function launch(dataFolder: string, env: NodeJS.ProcessEnv = {}): Promise<AppWindow> {
  const all: NodeJS.ProcessEnv = { ...process.env, PROOFLOAD_LOCALE: 'en-GB', ...env };
  const inherited = Object.fromEntries(
    Object.entries({ ...all, PROOFLOAD_DATA_DIR: dataFolder, PROOFLOAD_TEST_NODE_OPTIONS: all.NODE_OPTIONS }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
  const app = await _electron.launch({
    args: ['-r', join(repository, 'tests/support/inheritedNodeOptions.cjs'), repository, ...switches],
    env: inherited,
  });
  app.context().setDefaultTimeout(hangMs);
  const page = await app.firstWindow({ timeout: hangMs });
  await expect(page.locator('.app[data-ready=true]')).toBeVisible();
  const appWindow = new AppWindow(app, page);
  await appWindow.show('Run');
  return appWindow;
}

/** Removes a data folder. Chromium's processes outlive the main process for a moment, and may still write into it. */
function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** What a test is given, and what it may ask for. */
interface TestFixtures {
  /** Whether the data folder has {@link brief}, {@link steady} and {@link long} from the start. */
  hasScenarios: boolean;
  dataFolder: string;
  appWindow: AppWindow;
  /**
   * A window that others had before, with its page loaded anew, over a data folder with {@link brief} and {@link long}:
   * for tests that leave nothing in the data folder and change nothing in the main process that others look at.
   */
  sharedWindow: AppWindow;
}

/** What the tests of a worker have in common. */
interface WorkerFixtures {
  display: undefined;
  pace: undefined;
  keptWindow: AppWindow;
}

/** A test with a data folder of its own and a window that is closed afterwards. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  // Tests beside each other would share the clipboard and the window in front.
  display: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const display = process.platform === 'linux' ? await startVirtualDisplay() : undefined;
      if (display) process.env.DISPLAY = display.name;
      await use(undefined);
      await display?.end();
    },
    { scope: 'worker', auto: true },
  ],
  pace: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
    async ({}, use, { project }) => {
      if (project.name !== 'measuring') process.env.NODE_OPTIONS = coarsePace;
      await use(undefined);
    },
    { scope: 'worker', auto: true },
  ],
  keptWindow: [
    // Not before there is a display.
    async ({ display: _display, pace: _pace }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'proofload-e2e-'));
      keepScenarios(folder, [brief, long]);
      const appWindow = await launch(folder);
      await use(appWindow);
      await appWindow.app.close();
      removeFolder(folder);
    },
    { scope: 'worker' },
  ],
  hasScenarios: [false, { option: true }],
  dataFolder: async ({ hasScenarios }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'proofload-e2e-'));
    if (hasScenarios) keepScenarios(folder, [brief, steady, long]);
    await use(folder);
    removeFolder(folder);
    removeServicePlace(folder);
  },
  appWindow: async ({ dataFolder }, use) => {
    const appWindow = await launch(dataFolder);
    await use(appWindow);
    await appWindow.app.close();
  },
  sharedWindow: async ({ keptWindow }, use) => {
    await keptWindow.page.reload();
    await expect(keptWindow.page.locator('.app[data-ready=true]')).toBeVisible();
    await keptWindow.show('Run');
    await use(keptWindow);
  },
});

export { expect };
