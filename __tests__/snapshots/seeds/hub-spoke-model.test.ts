import { snapshotSeed } from "../../support/plans/terraform-snapshot";

snapshotSeed("hub-spoke-model");
