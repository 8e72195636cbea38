import { hasMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import { logOf, PlayedGithub, results } from "../support/pipeline-player/played-github";
import { playedMap } from "../support/pipeline-player/played-map";
import { providerOnHand } from "../support/terraform/provider-on-hand";

const SUITE = "workflows of GitHub, played with Terraform and an emulated AWS";
const provider = providerOnHand(SUITE);
const emulator = hasMoto();
if (!emulator) warnOfMissingMoto(SUITE);

jest.setTimeout(15 * 60_000);

(provider !== undefined && emulator ? describe : describe.skip)(SUITE, () => {
  let played: PlayedGithub;

  beforeAll(async () => {
    if (provider === undefined) return;
    const map = playedMap("githubActions: { repository: example-org/platform }");
    played = await PlayedGithub.start(map, provider);
  });

  afterAll(() => played.end());

  test("the first push deploys", async () => {
    const { forge, player, organization } = played;
    const t0 = Date.now();
    console.log(await organization.applyByHand("tools"), Date.now() - t0);
    forge.push(forge.commit(() => undefined, "first"));
    await player.idle();
    const run = player.lastRun("trustwheel-apply.yaml");
    console.log(results(run), logOf(run));
  });
});
