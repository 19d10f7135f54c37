/* Says how old a bundle is, as only the reader's clock knows. Pages say without it what day it is of. */
"use strict";

{
  const said = document.querySelector("[data-cb-newest]");
  const [year, month] = String(said && said.getAttribute("data-cb-newest"))
    .split("-")
    .map(Number);
  const now = new Date();
  const months = (now.getFullYear() - year) * 12 + now.getMonth() + 1 - (month || 12);
  if (said && year && months >= 1) {
    const years = Math.floor(months / 12);
    const age = years ? `${years}年${months % 12 ? "多" : ""}` : `${months}个月`;
    said.append(`离今天已有${age}，要新的，向发给你的人要。`);
  }
}
