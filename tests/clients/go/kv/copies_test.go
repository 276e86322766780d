package kv

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

func TestMirror(t *testing.T) {
	_, js, ctx := connect(t)
	origin := must(js.CreateKeyValue(ctx, Config{Bucket: "origin"}))(t)
	must(origin.PutString(ctx, "a", "1"))(t)
	mirror := must(js.CreateKeyValue(ctx, Config{Bucket: "mirror", Mirror: &jetstream.StreamSource{Name: "origin"}}))(t)
	values := func() uint64 { return must(mirror.Status(ctx))(t).Values() }
	eventually(t, "the mirror has caught up", func() bool { return values() == 1 })
	must(mirror.PutString(ctx, "b", "2"))(t) // goes to the origin
	same(t, written(must(origin.Get(ctx, "b"))(t)), "2 PUT b=2")
	eventually(t, "and comes back", func() bool { return values() == 2 })
	info := must(mirror.Status(ctx))(t).(*jetstream.KeyValueBucketStatus).StreamInfo()
	same(t, info.Mirror.Name, "KV_origin")
	same(t, info.Mirror.Lag, 0)
	// A message of the mirror keeps its subject and its number.
	stream := must(js.Stream(ctx, "KV_mirror"))(t)
	message := must(stream.GetMsg(ctx, 2))(t)
	same(t, message.Subject, "$KV.origin.b")
}

func TestSources(t *testing.T) {
	_, js, ctx := connect(t)
	for _, name := range []string{"north", "south"} {
		kv := must(js.CreateKeyValue(ctx, Config{Bucket: name, History: 3}))(t)
		must(kv.PutString(ctx, name, "1"))(t)
	}
	both := must(js.CreateKeyValue(ctx, Config{
		Bucket: "both", History: 2, Sources: []*jetstream.StreamSource{{Name: "north"}, {Name: "south"}},
	}))(t)
	eventually(t, "both have come", func() bool { return must(both.Status(ctx))(t).Values() == 2 })
	same(t, string(must(both.Get(ctx, "north"))(t).Value()), "1")
	same(t, string(must(both.Get(ctx, "south"))(t).Value()), "1")
	south := must(js.KeyValue(ctx, "south"))(t)
	watcher := must(both.Watch(ctx, "south", jetstream.UpdatesOnly()))(t)
	must(south.PutString(ctx, "south", "2"))(t)
	ok(t, south.Delete(ctx, "south"))
	watched(t, watcher, "3 PUT south=2", "4 DEL south=")
	must(both.PutString(ctx, "own", "5"))(t)
	_, err := south.Get(ctx, "own")
	fails(t, err, jetstream.ErrKeyNotFound)
}

func TestRepublish(t *testing.T) {
	nc, js, ctx := connect(t)
	kv := must(js.CreateKeyValue(ctx, Config{
		Bucket: "republished", RePublish: &jetstream.RePublish{Source: ">", Destination: "news.>"},
	}))(t)
	news := must(nc.SubscribeSync("news.>"))(t)
	must(kv.PutString(ctx, "a", "1"))(t)
	must(kv.PutString(ctx, "a", "2"))(t)
	same(t, must(news.NextMsg(soon))(t).Header.Get("Nats-Last-Sequence"), "0")
	second := must(news.NextMsg(soon))(t)
	same(t, []string{second.Subject, string(second.Data)}, []string{"news.$KV.republished.a", "2"})
	for name, want := range map[string]string{
		"Nats-Stream": "KV_republished", "Nats-Subject": "$KV.republished.a", "Nats-Sequence": "2", "Nats-Last-Sequence": "1",
	} {
		same(t, second.Header.Get(name), want)
	}
	if _, err := time.Parse(time.RFC3339Nano, second.Header.Get("Nats-Time-Stamp")); err != nil {
		t.Fatal(err)
	}
}
