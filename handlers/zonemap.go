package handlers

import (
	"fmt"
	"math"
	"runtime/debug"
	"sync"
	"time"

	"github.com/ringsaturn/tzf"
	tzfrel "github.com/ringsaturn/tzf-rel-lite"
	pb "github.com/ringsaturn/tzf/gen/go/tzf/v1"
	"google.golang.org/protobuf/proto"

	"herald/news"
)

// oneMap has one question about the map answered at a time, so that many do not take its memory many times.
var oneMap sync.Mutex

// zoneAt is the time zone at a point on the map. A map of squares answers for most places; near borders the map of shapes
// does, which takes 160 MB. Both are read for a question and let go again: it is asked once in a chat's life.
func zoneAt(lat, lon float64) (string, error) {
	if math.IsNaN(lat) || math.IsNaN(lon) || math.Abs(lat) > 90 || math.Abs(lon) > 180 {
		return "", fmt.Errorf("zone at %v, %v: %w", lat, lon, news.ErrNotFound)
	}
	oneMap.Lock()
	defer oneMap.Unlock()
	defer debug.FreeOSMemory()
	zone, err := onSquares(lat, lon)
	if err == nil && zone == "" {
		zone, err = onShapes(lat, lon)
	}
	if err != nil {
		return "", fmt.Errorf("map of time zones: %w", err)
	}
	if _, err := time.LoadLocation(zone); zone == "" || err != nil {
		return "", fmt.Errorf("zone at %v, %v: %w", lat, lon, news.ErrNotFound)
	}
	return zone, nil
}

func onSquares(lat, lon float64) (string, error) {
	var squares pb.PreindexTimezones
	if err := proto.Unmarshal(tzfrel.PreindexData, &squares); err != nil {
		return "", err
	}
	finder, err := tzf.NewFuzzyFinderFromPB(&squares)
	if err != nil {
		return "", err
	}
	return finder.GetTimezoneName(lon, lat), nil
}

func onShapes(lat, lon float64) (string, error) {
	finder, err := tzf.NewDefaultFinder()
	if err != nil {
		return "", err
	}
	return finder.GetTimezoneName(lon, lat), nil
}
