/* A search above many radios. Without this script all of them are there, as they were sent. */

const NAME = "app-search-radios";

/* Text in lower case, without accents, and with straight apostrophes: as the lists search it. */
function plain(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("\u2019", "'").toLowerCase();
}

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function searchRadios(radios, number) {
  const items = [...radios.querySelectorAll(".govuk-radios__item")];
  const label = make("label", "govuk-label", "Search by name");
  const input = make("input", "govuk-input govuk-!-width-two-thirds");
  const found = make("p", "govuk-hint govuk-!-margin-top-2");
  label.htmlFor = input.id = `${NAME}-${number}`;
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  found.setAttribute("role", "status");

  /* Who was chosen stays in sight, so that nobody goes on with somebody they do not see. */
  function show() {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const item of items) {
      const text = plain(item.textContent);
      const matches = words.every((word) => text.includes(word));
      count += matches;
      item.hidden = !matches && !item.querySelector("input").checked;
    }
    found.textContent = words.length ? `${count} of ${items.length} found` : "";
  }

  /* An error leads to the first of the radios; while the search hides that, to the search. */
  document.addEventListener(
    "click",
    (event) => {
      const first = items[0].querySelector("input");
      if (!items[0].hidden || event.target.getAttribute?.("href") !== `#${first.id}`) return;
      event.preventDefault();
      event.stopPropagation();
      label.scrollIntoView();
      input.focus({ preventScroll: true });
    },
    true,
  );

  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would send the form
  });
  radios.addEventListener("change", show);

  const search = make("div", NAME);
  search.append(label, input, found);
  radios.before(search);
}

export function searchAllRadios() {
  document.querySelectorAll("[data-searched]").forEach(searchRadios);
}
