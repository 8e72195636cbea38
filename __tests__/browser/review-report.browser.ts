import { existsSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { clientScript } from "../../cli/report/client-script";
import { renderHtml } from "../../lib/review/report/html/render-html";
import { graphOf, hubAndSpokes } from "../support/reviews/sample-graphs";
import {
  HOSTILE_NAMES,
  manyAccounts,
  pipelineGainsDeployers,
  reviewOf,
  role,
  SHARED,
} from "../support/reviews/sample-reviews";
import { called } from "../support/reviews/called";

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const HERE = existsSync(CHROMIUM);
if (!HERE) {
  process.stderr.write(
    `SKIPPED: the report is not tested in a browser: there is no ${CHROMIUM}; apt-get install chromium, or set CHROMIUM_PATH\n`,
  );
}

function graph(number: number): ReturnType<typeof graphOf> {
  return graphOf(
    hubAndSpokes(
      SHARED,
      manyAccounts(number).map(({ id }) => id),
    ),
  );
}

const REPORT = renderHtml(pipelineGainsDeployers(12), graph(12), graph(12), clientScript());

(HERE ? describe : describe.skip)("the report in Chromium", () => {
  let browser: Browser;
  let page: Page;
  let requests: string[];
  let problems: string[];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  }, 30_000);
  afterAll(async () => {
    await browser.close();
  });
  afterEach(async () => {
    await page.close();
    expect({ requests, problems }).toEqual({ requests: [], problems: [] });
  });

  /** Opens a report from its file's text, as a browser opens a file: the only request is the page itself. */
  async function open(html: string, colorScheme: "light" | "dark" = "light"): Promise<void> {
    page = await browser.newPage({ colorScheme, viewport: { width: 1400, height: 900 } });
    requests = [];
    problems = [];
    page.on("request", (request) => {
      if (request.url() !== ADDRESS) requests.push(request.url());
    });
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => problems.push(message.text()));
    await page.route("**/*", (route) =>
      route.request().url() === ADDRESS
        ? route.fulfill({ contentType: "text/html; charset=utf-8", body: html })
        : route.abort(),
    );
    await page.goto(ADDRESS);
  }

  const ADDRESS = "http://report.example/";

  const focused = (): Promise<string | null> =>
    page.evaluate("document.activeElement.getAttribute('aria-label')");
  const lit = (): Promise<number> => page.locator(".view:not([hidden]) .node:not(.dim)").count();
  const rows = (): Promise<number> => page.locator("tbody tr:not([hidden])").count();

  test("runs, makes no request, and draws what changed", async () => {
    await open(REPORT);
    expect(await page.title()).toBe("Access review: widens access");
    expect(await page.locator(".node").count()).toBe(5);
    expect(await page.locator("html.js").count()).toBe(1);
  });

  test("the search filters the graph and the tables", async () => {
    await open(REPORT);
    const before = [await lit(), await rows()];
    await page.keyboard.press("/");
    await page.keyboard.type("deployer team-007");
    expect([await lit(), await page.locator("#result").textContent()]).toEqual([
      1,
      "1 in the graph, 2 in the tables",
    ]);
    await page.keyboard.press("Escape");
    expect([await lit(), await rows()]).toEqual(before);
  });

  test("arrow keys walk the graph, Enter opens the details, Escape goes back", async () => {
    await open(REPORT);
    await page.locator('.node[aria-label^="ci-runner"]').focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("automation, shared, changed");
    await page.keyboard.press("ArrowLeft");
    expect(await focused()).toBe("ci-runner, shared, unchanged");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    expect(await page.locator(".detail:visible h3").allTextContents()).toEqual(["automation"]);
    expect(await page.locator('.node[aria-expanded="true"]').count()).toBe(1);
    await page.keyboard.press("Escape");
    expect(await page.locator(".detail:visible").count()).toBe(0);
    expect(await focused()).toBe("automation, shared, changed");
  });

  test("Tab reaches everything that can be operated, and the focus is seen", async () => {
    await open(REPORT);
    const reached = new Set<string>();
    for (let step = 0; step < 40; step += 1) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate<string>(
        "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()",
      );
      reached.add(name);
      const seen = await page.evaluate<boolean>(
        "(() => { const e = document.activeElement; if (e === document.body) return true; const box = e.querySelector('.box'); return box === null ? getComputedStyle(e).outlineStyle !== 'none' : getComputedStyle(box).strokeWidth === '3px'; })()",
      );
      expect([name, seen]).toEqual([name, true]);
    }
    expect([...reached]).toEqual(
      expect.arrayContaining([
        "Search graph and tables",
        "Zoom in",
        "deployer, × 12 accounts, changed",
        "start, shared, unchanged",
        "Changes 2",
        "Roles 5",
      ]),
    );
  });

  test("the details name the accounts and lead on to neighbours", async () => {
    await open(REPORT);
    await page.locator('.node[aria-label^="deployer"]').click();
    const detail = page.locator(".detail:visible");
    await detail.getByText("12 accounts", { exact: true }).click();
    expect(await detail.getByText("team-012", { exact: true }).isVisible()).toBe(true);
    await detail.getByRole("button", { name: "automation (shared)" }).click();
    expect(await page.locator(".detail:visible h3").allTextContents()).toEqual(["automation"]);
  });

  test("zoom changes the size of the graph", async () => {
    await open(REPORT);
    const width = async (): Promise<number> =>
      (await page.locator("svg.graph").boundingBox())?.width ?? 0;
    const before = await width();
    await page.getByRole("button", { name: "Zoom in" }).click();
    expect(await width()).toBeGreaterThan(before * 1.2);
    await page.getByRole("button", { name: "Original size" }).click();
    expect(await width()).toBe(before);
  });

  test.each(["light", "dark"] as const)("texts have contrast in %s", async (scheme) => {
    await open(REPORT, scheme);
    await page.locator('.node[aria-label^="deployer"]').click();
    await page.getByText("Roles", { exact: true }).click();
    const worst = await page.evaluate<[number, string]>(CONTRAST);
    expect(worst[0]).toBeGreaterThanOrEqual(4.5);
  });

  test("light and dark differ", async () => {
    const background = "getComputedStyle(document.body).backgroundColor";
    await open(REPORT);
    const light = await page.evaluate<string>(background);
    await page.close();
    await open(REPORT, "dark");
    expect([light, await page.evaluate<string>(background)]).toEqual([
      "rgb(246, 248, 250)",
      "rgb(13, 17, 23)",
    ]);
  });

  test("no label leaves its node, and no nodes overlap", async () => {
    await open(REPORT);
    const outside = await page.evaluate<string[]>(
      "[...document.querySelectorAll('.node')].flatMap((node) => { const box = node.querySelector('.box').getBoundingClientRect(); return [...node.querySelectorAll('text')].filter((text) => { const own = text.getBoundingClientRect(); return own.right > box.right || own.left < box.left; }).map((text) => text.textContent); })",
    );
    expect(outside).toEqual([]);
  });

  test("hostile names stay text", async () => {
    const changes = HOSTILE_NAMES.flatMap((name) => [
      { kind: "assertion" as const, assertion: name, message: name },
      called({
        kind: "edge" as const,
        direction: "gained" as const,
        from: `arn:aws:iam::${SHARED}:role/${name}`,
        to: role(SHARED, name),
        action: "sts:AssumeRole",
        certain: true,
        foreign: false,
      }),
    ]);
    await open(renderHtml(reviewOf(changes), graphOf([]), graphOf([]), clientScript()));
    expect(await page.locator("img, iframe, a, script:not(body > script)").count()).toBe(0);
    expect(await page.locator("body > script").count()).toBe(1);
    expect(
      await page.getByText("</details></summary><script>alert(1)</script>").count(),
    ).toBeGreaterThan(0);
  });

  test("1,000 accounts open, filter and walk at once", async () => {
    await open(renderHtml(pipelineGainsDeployers(1000), graph(1000), graph(1000), clientScript()));
    expect(await page.locator(".node").count()).toBe(5);
    await page.keyboard.press("/");
    await page.keyboard.type("deployer");
    expect(await lit()).toBe(1);
  });

  test("1,000 accounts that all differ are drawn in part, and searchable", async () => {
    const accounts = manyAccounts(1000);
    const changes = accounts.map(({ id }, index) => ({
      kind: "session" as const,
      role: role(id, `role-${index}`),
      before: 3600,
      after: 7200,
    }));
    const roles = accounts.map(({ id }, index) => ({
      accountId: id,
      name: `role-${index}`,
      callers: [role(SHARED, "hub")],
    }));
    const many = graphOf(roles);
    await open(renderHtml(reviewOf(changes, accounts), many, many, clientScript()));
    expect(await page.getByText("more nodes are not drawn").count()).toBe(1);
    await page.locator("#search").fill("role-999");
    expect(await page.locator("tbody tr:not([hidden])").count()).toBeGreaterThan(0);
  });
});

/** The least contrast of a text to what is behind it (WCAG 2.2, 1.4.3), and that text. */
const CONTRAST = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return { r, g, b, a };
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    const svg = element.closest(".node, .arrow");
    if (svg !== null) {
      const circle = element.classList.contains("sign") || svg.classList.contains("arrow");
      const shape = svg.querySelector(circle ? "circle" : ".box");
      return getComputedStyle(shape).fill;
    }
    for (let each = element; each !== null; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor;
      if (rgb(color).a === 255) return color;
    }
    return "white";
  };
  let worst = [21, ""];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== "");
    if (!own || !element.checkVisibility() || ["SCRIPT", "STYLE", "title"].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const color = element.tagName === "text" ? style.fill : style.color;
    const [light, dark] = [luminance(rgb(color)), luminance(rgb(behind(element)))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < worst[0]) worst = [ratio, element.textContent];
  }
  return worst;
})()`;
