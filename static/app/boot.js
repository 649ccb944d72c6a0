/*
 * The first script of the app on the box. Loads installation.js (what the operator
 * decided), then the bundle that this engine can run: the modern one, or the ES5 one
 * with polyfills. Written in ES5 by hand and copied as it is. Classic scripts only:
 * the page may lie in the box's own file system, where modules are not loaded.
 */
(function () {
  'use strict'

  /**
   * Whether the engine has what the modern bundle takes for granted: its syntax
   * (ES2019, known by the functions of the same years) and the functions of ES2022.
   * A supported `type=module` would not tell: Chromium 64 has it, and no flat().
   */
  function isModern() {
    try {
      return typeof globalThis === 'object' &&
        typeof AbortController === 'function' &&
        typeof fetch === 'function' &&
        typeof Symbol.asyncIterator === 'symbol' &&
        !!(Array.prototype.flat && Array.prototype.at && String.prototype.matchAll && String.prototype.replaceAll &&
          Object.fromEntries && Object.hasOwn && Promise.allSettled && Promise.any)
    } catch (error) {
      return false
    }
  }

  /** In the preview, `?bundle=es5` insists, for comparing the two on one engine. */
  function bundleName() {
    var wish = window.installation.preview && /[?&]bundle=(es5|modern)(&|$)/.exec(location.search)
    if (wish) return wish[1]
    return isModern() ? 'modern' : 'es5'
  }

  function load(name, then) {
    var script = document.createElement('script')
    script.src = name
    script.onload = then
    script.onerror = function () {
      complain(name)
    }
    document.body.appendChild(script)
  }

  /** Says in plain words that the app could not start, with one thing to do. */
  function complain(what) {
    if (document.getElementById('trouble')) return
    var box = document.createElement('div')
    box.id = 'trouble'
    box.appendChild(document.createTextNode('应用没有启动成功。请按遥控器的“确认”键重试；仍不成功，请关掉机顶盒电源，一分钟后再打开。'))
    var detail = document.createElement('small')
    detail.appendChild(document.createTextNode('如需报修，请告诉客服：' + what))
    box.appendChild(detail)
    document.body.appendChild(box)
    document.addEventListener('keydown', function (event) {
      if (event.keyCode === 13) location.reload()
    })
  }

  window.addEventListener('tv-start-failed', function (event) {
    complain(event.detail)
  })

  load('installation.js', function () {
    if (!window.installation) return complain('installation.js')
    var bundle = 'app.' + bundleName() + '.js'
    // An error while the bundle runs for the first time leaves a black screen too.
    function onFirstError(event) {
      complain(bundle + ' · ' + (event.message || 'error'))
    }
    window.addEventListener('error', onFirstError)
    load(bundle, function () {
      window.removeEventListener('error', onFirstError)
    })
  })
})()
