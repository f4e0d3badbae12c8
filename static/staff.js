// Names the boxes that admin's Select2 makes: while nothing is chosen they have no name of their own.
"use strict";

function nameBoxes() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = select.getAttribute("aria-label") || select.labels[0]?.textContent.trim();
    const boxes = select.nextElementSibling?.querySelectorAll("[role=combobox], [role=textbox]") ?? [];
    for (const box of boxes) {
      if (select.value) box.removeAttribute("aria-label");
      else box.setAttribute("aria-label", label ?? "");
    }
  }
}

// After Select2, which begins when the document is ready, and after each choice and each added row.
window.addEventListener("load", () => {
  nameBoxes();
  window.django?.jQuery(document).on("change formset:added", () => setTimeout(nameBoxes));
});
