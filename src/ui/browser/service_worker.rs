//! The page's files are kept for a visit without a network by a service worker (`web/worker.js`). Elsewhere than at an address of
//! its own, and where storage is forbidden, there is none: then the page is loaded from the network each time.

use super::viewport;
use crate::ui::message::PageMsg;
use crate::ui::runtime::Runtime;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::window;
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// Registering is put off for so long, in milliseconds: what the worker fetches would compete with the first paint.
const LATER: u32 = 1000;

thread_local! {
    /// A new version of the page, which waits to take over.
    static WAITING: RefCell<Option<ServiceWorker>> = const { RefCell::new(None) };
}

pub(super) fn register(runtime: Runtime) {
    if viewport::is_embedded() {
        return;
    }
    spawn_local(async move {
        TimeoutFuture::new(LATER).await;
        let Some(container) = container() else { return };
        let registered = JsFuture::from(container.register("worker.js")).await;
        let Some(Ok(registration)) = registered.ok().map(JsCast::dyn_into::<ServiceWorkerRegistration>)
        else {
            return;
        };
        tell(runtime, registration.waiting());
        let found = registration.clone();
        let update_found = Closure::<dyn Fn()>::new(move || {
            let Some(worker) = found.installing() else { return };
            let installed = worker.clone();
            let state_changed = Closure::<dyn Fn()>::new(move || tell(runtime, Some(installed.clone())));
            worker.set_onstatechange(Some(state_changed.as_ref().unchecked_ref()));
            state_changed.forget();
        });
        registration.set_onupdatefound(Some(update_found.as_ref().unchecked_ref()));
        update_found.forget();
    });
}

/// Where pages are not served securely there are none, and where storage is forbidden asking for them fails.
fn container() -> Option<ServiceWorkerContainer> {
    js_sys::Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?.dyn_into().ok()
}

fn tell(runtime: Runtime, worker: Option<ServiceWorker>) {
    let is_update = container().is_some_and(|container| container.controller().is_some());
    if let Some(worker) = worker.filter(|worker| worker.state() == ServiceWorkerState::Installed && is_update)
    {
        WAITING.set(Some(worker));
        runtime.send(PageMsg::UpdateReady);
    }
}

/// Loads the new version of the page.
pub(super) fn take_update() {
    let (Some(worker), Some(container)) = (WAITING.take(), container()) else { return };
    let reload = Closure::once_into_js(|| _ = window().location().reload());
    container.set_oncontrollerchange(Some(reload.unchecked_ref()));
    // A worker that is gone has been taken over by another one.
    let _ = worker.post_message(&JsValue::from_str("take over"));
}
