import { snapshotSeed } from "../../support/terraform-snapshot";

snapshotSeed("everything-about-assume-role");
