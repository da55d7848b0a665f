import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// All files share one page, which costs a fifth of a page each; so every test leaves it empty.
afterEach(cleanup);
