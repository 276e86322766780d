package kv

import (
	"fmt"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// written1to4 is a bucket with a history: a=1, b=2, a=3, b deleted.
func written1to4(t *testing.T) KV {
	kv, ctx := bucket(t, Config{History: 5})
	must(kv.PutString(ctx, "a", "1"))(t)
	must(kv.PutString(ctx, "b", "2"))(t)
	must(kv.PutString(ctx, "a", "3"))(t)
	ok(t, kv.Delete(ctx, "b"))
	return kv
}

func TestWatch(t *testing.T) {
	kv := written1to4(t)
	ctx := t.Context()
	watcher := must(kv.Watch(ctx, "a"))(t)
	everything := must(kv.WatchAll(ctx))(t)
	watched(t, watcher, "3 PUT a=3", "-")
	watched(t, everything, "3 PUT a=3", "4 DEL b=", "-")
	must(kv.PutString(ctx, "a", "5"))(t)
	must(kv.PutString(ctx, "b", "6"))(t)
	watched(t, watcher, "5 PUT a=5") // before the purge, which may be faster than a delivery
	watched(t, everything, "5 PUT a=5", "6 PUT b=6")
	ok(t, kv.Purge(ctx, "a"))
	watched(t, watcher, "7 PURGE a=")
	watched(t, everything, "7 PURGE a=")
	ok(t, watcher.Stop())
	must(kv.PutString(ctx, "a", "8"))(t)
	if entry := <-watcher.Updates(); entry != nil {
		t.Fatalf("stopped, but hears %v", written(entry))
	}
	watched(t, everything, "8 PUT a=8")
}

func TestWatchOptions(t *testing.T) {
	kv := written1to4(t)
	ctx := t.Context()
	watch := func(options ...jetstream.WatchOpt) jetstream.KeyWatcher {
		return must(kv.WatchAll(ctx, options...))(t)
	}
	all := watch(jetstream.IncludeHistory())
	living := watch(jetstream.IgnoreDeletes())
	fresh := watch(jetstream.UpdatesOnly())
	resumed := watch(jetstream.ResumeFromRevision(3))
	future := watch(jetstream.ResumeFromRevision(6))
	bare := watch(jetstream.MetaOnly())
	watched(t, all, "1 PUT a=1", "2 PUT b=2", "3 PUT a=3", "4 DEL b=", "-")
	watched(t, living, "3 PUT a=3", "-")
	watched(t, fresh)
	watched(t, resumed, "3 PUT a=3", "4 DEL b=", "-")
	watched(t, future, "-")
	watched(t, bare, "3 PUT a=", "4 DEL b=", "-")
	must(kv.PutString(ctx, "c", "5"))(t)
	ok(t, kv.Delete(ctx, "c"))
	watched(t, all, "5 PUT c=5", "6 DEL c=")
	watched(t, living, "5 PUT c=5")
	watched(t, fresh, "5 PUT c=5", "6 DEL c=")
	watched(t, resumed, "5 PUT c=5", "6 DEL c=")
	watched(t, future, "6 DEL c=")
	watched(t, bare, "5 PUT c=", "6 DEL c=")

	_, err := kv.WatchAll(ctx, jetstream.IncludeHistory(), jetstream.UpdatesOnly())
	fails(t, err, jetstream.ErrInvalidOption)
	_, err = kv.Watch(ctx, "a.")
	fails(t, err, jetstream.ErrInvalidKey)
}

func TestWatchFiltered(t *testing.T) {
	kv, ctx := bucket(t, Config{})
	watcher := must(kv.WatchFiltered(ctx, []string{"a.*", "b.>"}))(t)
	watched(t, watcher, "-")
	for _, key := range []string{"a.x", "a.x.y", "b", "b.x.y", "c"} {
		must(kv.PutString(ctx, key, "v"))(t)
	}
	watched(t, watcher, "1 PUT a.x=v", "4 PUT b.x.y=v")
	watched(t, must(kv.WatchFiltered(ctx, []string{"c", "a.x.>"}))(t), "2 PUT a.x.y=v", "5 PUT c=v", "-")
}

func TestManyWatchers(t *testing.T) {
	kv, ctx := bucket(t, Config{History: 10})
	watchers := []jetstream.KeyWatcher{}
	for i := range 20 {
		_, js, _ := connectAgain(t)
		theirs := must(js.KeyValue(ctx, kv.Bucket()))(t)
		watchers = append(watchers, must(theirs.Watch(ctx, fmt.Sprintf("%d.>", i%2)))(t))
	}
	for i := range 10 {
		must(kv.PutString(ctx, fmt.Sprintf("%d.k", i%2), fmt.Sprint(i)))(t)
	}
	for i, watcher := range watchers {
		lines := []string{}
		for n := i % 2; n < 10; n += 2 {
			lines = append(lines, fmt.Sprintf("%d PUT %d.k=%d", n+1, i%2, n))
		}
		watched(t, watcher, append([]string{"-"}, lines...)...)
	}
}

// More than a megabyte makes the server ask for flow control.
func TestWatchALargeBucket(t *testing.T) {
	kv, ctx := bucket(t, Config{Storage: jetstream.MemoryStorage})
	const keys, size = 600, 10_000
	for i := range keys {
		must(kv.Put(ctx, fmt.Sprintf("key.%d", i), make([]byte, size)))(t)
	}
	watcher := must(kv.WatchAll(ctx))(t)
	for i := range keys {
		entry := <-watcher.Updates()
		same(t, []uint64{entry.Revision(), entry.Delta()}, []uint64{uint64(i + 1), uint64(keys - i - 1)})
		same(t, len(entry.Value()), size)
	}
	watched(t, watcher, "-")
	same(t, len(must(kv.Keys(ctx))(t)), keys)
}

// The client asks for a heartbeat each five seconds, and starts again if two are missing.
func TestQuietWatcherStays(t *testing.T) {
	kv, ctx := bucket(t, Config{})
	watcher := must(kv.WatchAll(ctx))(t)
	watched(t, watcher, "-")
	stream := "KV_" + kv.Bucket()
	_, js, _ := connectAgain(t)
	before := consumers(t, js, stream)
	time.Sleep(11 * time.Second)
	same(t, consumers(t, js, stream), before)
	must(kv.PutString(ctx, "a", "1"))(t)
	watched(t, watcher, "1 PUT a=1")
	ok(t, watcher.Stop())
	eventually(t, "its consumer is gone", func() bool { return len(consumers(t, js, stream)) == 0 })
}
