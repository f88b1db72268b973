// Every behaviour attaches itself by attribute; without this file the pages are plain forms and links.
import "../vendor/htmx-4.0.1.esm.min.js";
import "./answers.js";
import "./notices.js";
import "./keys.js";
import "./rows.js";
import "./sheet.js";
import "./places.js";
import "./keep_focus.js";
import "./keep_text.js";
import "./changed.js";
import "./put_back.js";
import "./own_words.js";
import "./suggest.js";
import "./dialog.js";
import "./root.js";
import "./passkey.js";
import "./checklist.js";
