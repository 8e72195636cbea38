import { snapshotSeed } from "../../support/plans/terraform-snapshot";

snapshotSeed("everything-about-assume-role");
