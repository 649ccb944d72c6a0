/*
 * Takes the place of the service worker where the installation has none: one that an
 * earlier installation left on a box, or in a developer's browser, goes, with its files.
 */
self.addEventListener('install', function () {
  self.skipWaiting()
})

self.addEventListener('activate', function (event) {
  event.waitUntil(
    self.registration.unregister().then(function () {
      return self.caches.keys()
    }).then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.indexOf('workbox-') === 0 && name.slice(-self.registration.scope.length) === self.registration.scope
      }).map(function (name) {
        return self.caches.delete(name)
      }))
    })
  )
})
