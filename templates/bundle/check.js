/* The self-check. A page opened from a folder may not read other files, but it can load them: a page
   as a script, which fails to parse and does nothing, tells that it is there. ECMAScript 5, unlike all
   other scripts: this one tells old browsers what they lack. */
(function () {
  "use strict";
  var expected = casebookExpected;
  var atOnce = 8;
  var verdict = part("verdict");
  /** @type {string[]} paths of files */
  var waiting = [];
  /** @type {string[]} */
  var missing = [];
  var unchecked = 0;
  var total = 0;

  window.onerror = function () {
    return true;
  };

  /** @param {string} id */
  function part(id) {
    return /** @type {HTMLElement} */ (document.getElementById(id));
  }

  /** @param {string} text @param {string} [kind] */
  function say(text, kind) {
    verdict.textContent = text;
    verdict.className = kind || "";
  }

  /** @param {string} list @param {string} text */
  function note(list, text) {
    var item = document.createElement("li");
    item.textContent = text;
    part(list).appendChild(item);
  }

  /**
   * Returns what asks for a file; null where no element can tell that it is there.
   * @param {string} path
   * @returns {any}
   */
  function element(path) {
    /** @type {any} */
    var made;
    if (/\.(html|js|json)$/.test(path)) {
      made = document.createElement("script");
      made.async = true;
    } else if (/\.css$/.test(path)) {
      made = document.createElement("link");
      made.rel = "stylesheet";
      made.media = "not all";
    } else if (/\.(png|jpe?g|gif|svg|webp)$/.test(path)) {
      made = document.createElement("img");
      made.hidden = true;
    } else {
      return null;
    }
    return made;
  }

  /** @param {string} path */
  function ask(path) {
    var made = element(path);
    /** @param {boolean} there */
    function done(there) {
      if (!there) missing.push(path);
      made.onload = made.onerror = null;
      if (made.parentNode) made.parentNode.removeChild(made);
      next();
    }
    made.onload = function () {
      done(true);
    };
    made.onerror = function () {
      done(false);
    };
    made[made.tagName === "LINK" ? "href" : "src"] = "../../" + path;
    document.body.appendChild(made);
  }

  function next() {
    var asked = total - waiting.length;
    if (waiting.length) {
      if (asked % 50 === 0) say("正在检查：" + asked + " / " + total);
      ask(waiting.shift() || "");
      return;
    }
    running -= 1;
    if (running === 0) look();
  }

  /** Asks whether an update once led on from this version: then files of a later one lie here too. */
  function look() {
    var made = document.createElement("script");
    made.onload = made.onerror = conclude;
    made.src = "../../" + expected.later;
    document.body.appendChild(made);
  }

  /** @param {string} version */
  function has(version) {
    return casebookVersions.indexOf(version) !== -1;
  }

  function conclude() {
    var i;
    if (expected.base && !has(expected.base)) {
      say(
        "更新包装错了地方：它要装在 " +
          expected.base +
          " 版的文件夹里，这里不是。现在新旧混在一起，请要一份完整的新包，解压到空文件夹。",
        "alarm"
      );
    } else if (casebookLater.indexOf(expected.version) !== -1) {
      say(
        "这个文件夹已经装过比 " +
          expected.version +
          " 更新的一版，又装了旧的。现在新旧混在一起，请要一份完整的新包，解压到空文件夹。",
        "alarm"
      );
    } else if (!has(expected.version)) {
      say(
        "版本对不上：少了 " +
          expected.version +
          " 版的标记文件，多半只拷了一部分，或者混进了别的版本。请把压缩包重新解压到空文件夹。",
        "alarm"
      );
    } else if (missing.length) {
      say(
        "缺 " +
          missing.length +
          " 个文件。请把压缩包重新“全部解压”到空文件夹；还缺，就重新要一份。",
        "alarm"
      );
    } else {
      say(
        "完好：" +
          total +
          " 个文件都在" +
          (unchecked ? "（另有 " + unchecked + " 个下载用的文件不在网页自检之列）" : "") +
          "，版本一致。",
        "fine"
      );
    }
    for (i = 0; i < missing.length && i < 100; i += 1) note("missing", missing[i]);
    if (missing.length > 100) note("missing", "……共 " + missing.length + " 个");
    document.documentElement.setAttribute("data-checked", "done");
  }

  function stored() {
    try {
      window.localStorage.setItem("casebook-check", "1");
      window.localStorage.removeItem("casebook-check");
      return true;
    } catch (error) {
      return false;
    }
  }

  function features() {
    var css = "CSS" in window && "supports" in window.CSS;
    var list = [
      [
        "页面排版",
        css && window.CSS.supports("display", "grid") && window.CSS.supports("--a", "0"),
        "版面会走样，文字照样能看。请换新一些的浏览器。"
      ],
      ["折叠的答案", "open" in document.createElement("details"), "自测题的答案会一直显示着。"],
      [
        "搜索、筛选和地图操作",
        "replaceChildren" in document.body || "append" in document.body,
        "搜索、筛选和地图操作可能不灵，列表照样能看。请换新一些的浏览器。"
      ],
      ["打印", "print" in window, "不能打印。请换一个浏览器。"],
      ["记住深色、浅色", stored(), "关掉页面后不记得你选的颜色，不影响阅读。"]
    ];
    list.forEach(function (feature) {
      note("features", feature[0] + "：" + (feature[1] ? "可以" : "不行。" + feature[2]));
    });
  }

  var running = atOnce;
  var folder, i, path;
  for (folder in expected.folders) {
    for (i = 0; i < expected.folders[folder].length; i += 1) {
      path = (folder ? folder + "/" : "") + expected.folders[folder][i];
      if (element(path)) waiting.push(path);
      else unchecked += 1;
    }
  }
  total = waiting.length;
  features();
  say("正在检查……");
  for (i = 0; i < atOnce; i += 1) next();
})();
