// Tester starts NATS servers for nats.go's own tests, which ask for one a test over NATS itself.
//
//	tester PROGRAM     the program is nats-server, or takes its flags
//
// It prints the address to put into TESTER_NATS_URL, and stops with all its servers when its
// standard input ends. The requests are those of ntf-client, as far as a single server can serve
// them; any other gets no responders.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"sync"

	"github.com/nats-io/nats.go"
	"github.com/synadia-io/orbit.go/ntf-client/api"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("tester: ")
	if len(os.Args) != 2 {
		log.Fatal("usage: tester PROGRAM")
	}
	folder, err := os.MkdirTemp("", "tester-")
	if err != nil {
		log.Fatal(err)
	}
	tester := &tester{program: os.Args[1], folder: folder, servers: map[string]*server{}}
	err = tester.serve()
	tester.stopAll()
	os.RemoveAll(folder)
	if err != nil {
		log.Fatal(err)
	}
}

type tester struct {
	program, folder string

	mu      sync.Mutex
	made    int
	servers map[string]*server // by name, which is the instance's id as well
}

// serve answers until standard input ends. The requests come through a server of our own.
func (t *tester) serve() error {
	own, err := t.create(api.CreateServerRequest{})
	if err != nil {
		return err
	}
	url := fmt.Sprintf("nats://127.0.0.1:%d", own.port)
	nc, err := nats.Connect(url)
	if err != nil {
		return err
	}
	defer nc.Close()
	answer(nc, "tester.create.server", func(request api.CreateServerRequest) (any, error) {
		made, err := t.create(request)
		if err != nil {
			return nil, err
		}
		servers := []*api.ManagedServer{{Name: made.name, Port: made.port, Running: true}}
		return api.CreateResponse{ID: made.name, Description: request.Description, Kind: "server", Servers: servers}, nil
	})
	answer(nc, "tester.destroy", func(request api.DestroyRequest) (any, error) {
		err := t.with(request.InstanceID, (*server).remove)
		return api.DestroyResponse{Destroyed: err == nil}, err
	})
	answer(nc, "tester.stop.server", func(request api.StopServerRequest) (any, error) {
		err := t.with(request.Name, (*server).stop)
		return api.StopServerResponse{Shutdown: err == nil}, err
	})
	answer(nc, "tester.start.server", func(request api.StartServerRequest) (any, error) {
		err := t.with(request.Name, (*server).start)
		return api.StartServerResponse{Started: err == nil}, err
	})
	if err := nc.Flush(); err != nil {
		return err
	}
	fmt.Println(url)
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// answer gives each request on a subject a reply, or an error in the header that ntf-client reads.
// Each in its own goroutine: a test may be starting a server while another wants one stopped.
func answer[Request any](nc *nats.Conn, subject string, handle func(Request) (any, error)) {
	reply := func(msg *nats.Msg) {
		var request Request
		var response any
		err := json.Unmarshal(msg.Data, &request)
		if err == nil {
			response, err = handle(request)
		}
		out := nats.NewMsg(msg.Reply)
		if err != nil {
			out.Header.Set("Nats-Service-Error", err.Error())
		} else if out.Data, err = json.Marshal(response); err != nil {
			log.Fatal(err)
		}
		if err := msg.RespondMsg(out); err != nil {
			log.Print(err)
		}
	}
	if _, err := nc.Subscribe(subject, func(msg *nats.Msg) { go reply(msg) }); err != nil {
		log.Fatal(err)
	}
}

func (t *tester) create(request api.CreateServerRequest) (*server, error) {
	t.mu.Lock()
	t.made++
	name := "server-" + strconv.Itoa(t.made)
	t.mu.Unlock()

	made, err := newServer(t.program, t.folder, name, request)
	if err != nil {
		return nil, err
	}
	if err := made.start(); err != nil {
		return nil, err
	}
	t.mu.Lock()
	t.servers[name] = made
	t.mu.Unlock()
	return made, nil
}

func (t *tester) with(name string, act func(*server) error) error {
	t.mu.Lock()
	found := t.servers[name]
	t.mu.Unlock()
	if found == nil {
		return fmt.Errorf("no server %q", name)
	}
	return act(found)
}

func (t *tester) stopAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, server := range t.servers {
		server.remove()
	}
}
