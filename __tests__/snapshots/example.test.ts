import { ROOT, synthesizeFolder } from "../support/project";
import { snapshotStacks } from "../support/terraform-snapshot";

describe("the example organization", () => {
  snapshotStacks(synthesizeFolder(ROOT));
});
