import { tokenStoreSuite } from "../token-store.suite.ts";
import { MemoryTokenStore } from "./memory-token-store.ts";

tokenStoreSuite("MemoryTokenStore", () => new MemoryTokenStore());
