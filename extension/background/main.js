// The service worker. It only starts the listening, so that everything else can be tested with another browser.
import { listen } from "./listen.js";

listen(chrome);
