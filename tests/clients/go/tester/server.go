package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/synadia-io/orbit.go/ntf-client/api"
)

// patience is how long a server may take to say where it listens.
const patience = 10 * time.Second

// server is a process of the program under test, with a folder of its own.
type server struct {
	program, folder, name string
	port                  int // -1 until it first listened

	mu      sync.Mutex
	process *exec.Cmd
	ended   chan error
}

func newServer(program, parent, name string, request api.CreateServerRequest) (*server, error) {
	if request.Template != "" || request.TLS != nil || request.Trace {
		return nil, fmt.Errorf("templates, TLS and traces are not provided here")
	}
	made := &server{program: program, folder: filepath.Join(parent, name), name: name, port: -1}
	if err := os.Mkdir(made.folder, 0o700); err != nil {
		return nil, err
	}
	return made, os.WriteFile(made.path("server.conf"), []byte(made.config(request)), 0o600)
}

func (s *server) path(name string) string { return filepath.Join(s.folder, name) }

// config puts the test's snippets where ntf-server's template has them: what belongs inside the
// jetstream block there, the others one after another.
func (s *server) config(request api.CreateServerRequest) string {
	var text strings.Builder
	fmt.Fprintf(&text, "server_name: %s\n", s.name)
	if request.JetStream {
		fmt.Fprintf(&text, "jetstream {\n  store_dir: %q\n%s\n}\n", s.path("store"), request.Snippets["jetstream"])
	}
	names := []string{}
	for name := range request.Snippets {
		if name != "jetstream" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		text.WriteString(request.Snippets[name] + "\n")
	}
	return text.String()
}

// start runs the program and waits until it listens; on the port that it had before, if it had one.
func (s *server) start() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process != nil {
		return nil
	}
	log, err := os.OpenFile(s.path("log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	process := exec.Command(s.program, "-a", "127.0.0.1", "-p", strconv.Itoa(s.port),
		"-c", s.path("server.conf"), "--ports_file_dir", s.folder)
	process.Stdout, process.Stderr = log, log
	if err := process.Start(); err != nil {
		return err
	}
	s.process, s.ended = process, make(chan error, 1)
	go func(ended chan error) { ended <- process.Wait() }(s.ended)
	for begin := time.Now(); time.Since(begin) < patience; time.Sleep(5 * time.Millisecond) {
		if port, ok := s.listens(process.Process.Pid); ok {
			s.port = port
			return nil
		}
		select {
		case err := <-s.ended:
			s.process = nil
			said, _ := os.ReadFile(s.path("log"))
			return fmt.Errorf("%s ended (%v) and said:\n%s", s.program, err, said)
		default:
		}
	}
	return fmt.Errorf("%s has not said within %v where it listens", s.program, patience)
}

// listens reads the port from the file that the process writes when it is ready.
func (s *server) listens(pid int) (int, bool) {
	files, _ := filepath.Glob(s.path(fmt.Sprintf("*_%d.ports", pid)))
	if len(files) == 0 {
		return 0, false
	}
	var ports struct{ Nats []string }
	text, err := os.ReadFile(files[0])
	if err != nil || json.Unmarshal(text, &ports) != nil || len(ports.Nats) == 0 {
		return 0, false
	}
	address, err := url.Parse(ports.Nats[0])
	if err != nil {
		return 0, false
	}
	port, err := strconv.Atoi(address.Port())
	return port, err == nil
}

// stop ends the process as one that will be started again: it may write what it keeps.
func (s *server) stop() error { return s.end(os.Interrupt) }

func (s *server) end(with os.Signal) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		return nil
	}
	process := s.process
	s.process = nil
	if err := process.Process.Signal(with); err != nil {
		return err
	}
	select {
	case <-s.ended:
		return nil
	case <-time.After(patience):
		process.Process.Kill()
		<-s.ended
		return fmt.Errorf("%s has not ended within %v", s.program, patience)
	}
}

func (s *server) remove() error {
	err := s.end(os.Kill)
	os.RemoveAll(s.folder)
	return err
}
