/* A radio that is ticked stays ticked when the radios are searched or another page of them is opened.
   Without this script, only what was sent before stays. */
export function keepChoice() {
  const kept = document.getElementById("search_chosen");
  if (!kept) return;

  document.addEventListener("change", ({ target }) => {
    if (target.type !== "radio" || target.name !== kept.name) return;
    kept.value = target.value;
    for (const link of document.querySelectorAll(".govuk-pagination a")) {
      const address = new URL(link.href);
      address.searchParams.set(kept.name, kept.value);
      link.href = address;
    }
  });
}
