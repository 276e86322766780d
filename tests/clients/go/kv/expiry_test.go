package kv

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

func TestBucketTTL(t *testing.T) {
	kv, ctx := bucket(t, Config{TTL: 300 * time.Millisecond})
	must(kv.PutString(ctx, "a", "1"))(t)
	watcher := must(kv.WatchAll(ctx))(t)
	watched(t, watcher, "1 PUT a=1", "-")
	eventually(t, "a is gone", func() bool { _, err := kv.Get(ctx, "a"); return err == jetstream.ErrKeyNotFound })
	watched(t, watcher) // it went silently
	same(t, must(kv.Status(ctx))(t).Values(), 0)
	same(t, must(kv.PutString(ctx, "a", "2"))(t), 2)
}

func TestKeyTTL(t *testing.T) {
	kv, ctx := bucket(t, Config{LimitMarkerTTL: time.Second})
	watcher := must(kv.WatchAll(ctx))(t)
	must(kv.Create(ctx, "a", []byte("1"), jetstream.KeyTTL(time.Second)))(t)
	must(kv.PutString(ctx, "b", "2"))(t)
	watched(t, watcher, "-", "1 PUT a=1", "2 PUT b=2")
	_, err := kv.Create(ctx, "a", []byte("no"), jetstream.KeyTTL(time.Second))
	fails(t, err, jetstream.ErrKeyExists)
	watched(t, watcher)
	time.Sleep(time.Second)
	watched(t, watcher, "3 PURGE a=") // the server's marker
	same(t, written(must(kv.Get(ctx, "b"))(t)), "2 PUT b=2")
	eventually(t, "the marker is gone", func() bool { return must(kv.Status(ctx))(t).Values() == 1 })
	same(t, must(kv.Create(ctx, "a", []byte("4")))(t), 4)
}

func TestBucketTTLWithMarkers(t *testing.T) {
	kv, ctx := bucket(t, Config{TTL: time.Second, LimitMarkerTTL: time.Second})
	watcher := must(kv.WatchAll(ctx))(t)
	must(kv.PutString(ctx, "a", "1"))(t)
	watched(t, watcher, "-", "1 PUT a=1")
	time.Sleep(time.Second)
	watched(t, watcher, "2 PURGE a=")
}

func TestPurgeTTL(t *testing.T) {
	kv, ctx := bucket(t, Config{LimitMarkerTTL: time.Second})
	must(kv.PutString(ctx, "a", "1"))(t)
	watcher := must(kv.WatchAll(ctx))(t)
	watched(t, watcher, "1 PUT a=1", "-")
	ok(t, kv.Purge(ctx, "a", jetstream.PurgeTTL(time.Second)))
	watched(t, watcher, "2 PURGE a=")
	eventually(t, "the marker is gone", func() bool { return must(kv.Status(ctx))(t).Values() == 0 })
	watched(t, watcher) // a purge goes silently
}

func TestRefusedTTLs(t *testing.T) {
	without, ctx := bucket(t, Config{})
	_, err := without.Create(ctx, "a", nil, jetstream.KeyTTL(time.Minute))
	refused(t, err, 10166, "per-message TTL is disabled")
	refused(t, without.Purge(ctx, "a", jetstream.PurgeTTL(time.Minute)), 10166, "per-message TTL is disabled")
	_, js, _ := connectAgain(t)
	with := must(js.CreateKeyValue(ctx, Config{Bucket: "refused_ttls", LimitMarkerTTL: time.Second}))(t)
	_, err = with.Create(ctx, "a", nil, jetstream.KeyTTL(100*time.Millisecond))
	refused(t, err, 10165, "invalid per-message TTL")
}
